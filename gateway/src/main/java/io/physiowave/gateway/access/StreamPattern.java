package io.physiowave.gateway.access;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Streams whose ids have a form.
 *
 * @param glob a stream's id, in which {@code *} stands for any characters
 */
record StreamPattern(String glob) implements Grant {
  @Override
  public boolean allows(String stream) {
    String expression =
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(expression, Pattern.DOTALL).matcher(stream).matches();
  }
}
