package io.physiowave.training.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** File names as the values of options give them. */
final class FileNames {
  private FileNames() {}

  /**
   * The names in a text, separated by commas or, as in the published scripts, by blanks; a name
   * with blanks is one where there is such a file.
   */
  static Stream<String> in(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .flatMap(
            part ->
                Files.exists(Path.of(part)) ? Stream.of(part) : Arrays.stream(part.split("\\s+")))
        .filter(name -> !name.isBlank());
  }

  /**
   * Words for each file that is given more than once: trained on twice as often as others, or known
   * to the model before it is measured on. Both are allowed, but hardly ever meant.
   *
   * @param byOption files by the option that gives them
   */
  static List<String> repeated(Map<String, Collection<Path>> byOption) {
    Map<Path, String> first = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    byOption.forEach(
        (option, files) -> {
          for (Path file : files) {
            String before = first.putIfAbsent(file.toAbsolutePath().normalize(), option);
            if (before != null) {
              words.add(
                  before.equals(option)
                      ? option + ": " + file + " is given twice, so its windows count twice"
                      : option
                          + ": "
                          + file
                          + " is of "
                          + before
                          + " too, so its figures say"
                          + " nothing about other windows");
            }
          }
        });
    return words;
  }
}
