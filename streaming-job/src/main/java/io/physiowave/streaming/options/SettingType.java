package io.physiowave.streaming.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a setting becomes its value.
 *
 * @param placeholder what help shows for the value, e.g. {@code <duration>}
 * @param expected what a right value looks like, for error messages
 * @param parser throws {@link IllegalArgumentException} for any other text
 */
record SettingType<T>(String placeholder, String expected, Function<String, T> parser) {

  static final SettingType<String> TEXT = new SettingType<>("<text>", "text", Function.identity());

  static final SettingType<Integer> INTEGER =
      new SettingType<>("<n>", "a whole number", Integer::valueOf);

  static final SettingType<Double> NUMBER = new SettingType<>("<x>", "a number", Double::valueOf);

  static final SettingType<Boolean> SWITCH =
      new SettingType<>("<true|false>", "true or false", SettingType::parseSwitch);

  static final SettingType<Duration> DURATION =
      new SettingType<>(
          "<duration>",
          "a duration such as 5ms, 10s, 2min, 1h, at most 36500d",
          DurationText::parse);

  static final SettingType<List<String>> LIST =
      new SettingType<>("<a,b,...>", "values separated by commas", SettingType::parseList);

  static final SettingType<Map<String, String>> MAP =
      new SettingType<>(
          "<k=v,...>",
          "pairs k=v separated by commas; a value with a comma in it stands in the file",
          SettingType::parseMap);

  /**
   * Behind each of several values that a file gives one by one, so that a value may hold commas.
   * Neither flags nor environment variables can hold it.
   */
  static final char END_OF_VALUE = '\0';

  private static final Pattern PAIR = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);

  /** Whether a flag of this type means true when it stands alone. */
  boolean isSwitch() {
    return equals(SWITCH);
  }

  /** Whether the text holds several values. */
  boolean holdsSeveral() {
    return placeholder.equals(LIST.placeholder) || isMap();
  }

  /** Whether the text holds pairs, among which passwords may be. */
  boolean isMap() {
    return placeholder.equals(MAP.placeholder);
  }

  /** Absent for empty text. */
  static <T> SettingType<Optional<T>> optional(SettingType<T> type) {
    return new SettingType<>(
        type.placeholder(),
        type.expected() + ", or nothing",
        text -> text.isBlank() ? Optional.empty() : Optional.of(type.parser().apply(text)));
  }

  /** The constants of an enumeration, in lower case with dashes. */
  static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(SettingType::written)
            .collect(Collectors.joining("|"));
    return new SettingType<>(
        "<" + names + ">",
        "one of " + names.replace("|", ", "),
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> written(constant).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Boolean parseSwitch(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static List<String> parseList(String text) {
    String separator = text.indexOf(END_OF_VALUE) < 0 ? "," : String.valueOf(END_OF_VALUE);
    return Arrays.stream(text.split(separator, -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static Map<String, String> parseMap(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String entry : parseList(text)) {
      Matcher pair = PAIR.matcher(entry);
      if (!pair.matches()) {
        throw new IllegalArgumentException(entry);
      }
      pairs.put(pair.group(1).strip(), pair.group(2).strip());
    }
    return pairs;
  }
}
