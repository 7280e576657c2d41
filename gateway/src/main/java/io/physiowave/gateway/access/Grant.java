package io.physiowave.gateway.access;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The streams that somebody may send for and read.
 *
 * @param pattern a stream's id, in which {@code *} stands for any characters
 */
public record Grant(String pattern) {
  /** Any stream. */
  public static final Grant ALL = new Grant("*");

  public Grant {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException("the pattern of streams is blank; expected e.g. ward-3-*");
    }
  }

  /** Whether a stream is among them. */
  public boolean allows(String stream) {
    return pattern.equals("*") || expression(pattern).matcher(stream).matches();
  }

  private static Pattern expression(String glob) {
    String expression =
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(expression, Pattern.DOTALL);
  }
}
