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
import java.util.stream.Stream;

/**
 * How what is given for a setting becomes its value.
 *
 * @param placeholder what help shows for the value, e.g. {@code <duration>}
 * @param expected what a right value looks like, for error messages
 * @param parser throws {@link IllegalArgumentException} for anything else
 */
record SettingType<T>(String placeholder, String expected, Function<GivenValue, T> parser) {

  static final SettingType<String> TEXT = ofText("<text>", "text", Function.identity());

  static final SettingType<Integer> INTEGER =
      ofText("<n>", "a whole number", SettingType::parseInteger);

  static final SettingType<Double> NUMBER = ofText("<x>", "a number", Double::valueOf);

  static final SettingType<Boolean> SWITCH =
      ofText("<true|false>", "true or false", SettingType::parseSwitch);

  static final SettingType<Duration> DURATION =
      ofText(
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

  private static final Pattern GROUPING = Pattern.compile("(?<=\\d)_(?=\\d)");
  private static final Pattern PAIR = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);

  /** A type whose values are read from one text. */
  static <T> SettingType<T> ofText(
      String placeholder, String expected, Function<String, T> parser) {
    return new SettingType<>(placeholder, expected, given -> parser.apply(given.text()));
  }

  /** Whether a flag of this type means true when it stands alone. */
  boolean isSwitch() {
    return equals(SWITCH);
  }

  /** Whether it holds pairs, among which passwords may be. */
  boolean isMap() {
    return placeholder.equals(MAP.placeholder);
  }

  /** Absent for empty text; an empty list is a value. */
  static <T> SettingType<Optional<T>> optional(SettingType<T> type) {
    return new SettingType<>(
        type.placeholder(),
        type.expected() + ", or nothing",
        given ->
            given instanceof GivenValue.Text text && text.text().isEmpty()
                ? Optional.empty()
                : Optional.of(type.parser().apply(given)));
  }

  /** The constants of an enumeration, in lower case with dashes. */
  static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(SettingType::written)
            .collect(Collectors.joining("|"));
    return ofText(
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

  /** As YAML has it, digits may stand in groups: 2_000_000. */
  private static Integer parseInteger(String text) {
    return Integer.valueOf(GROUPING.matcher(text).replaceAll(""));
  }

  private static Boolean parseSwitch(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static List<String> parseList(GivenValue given) {
    return given instanceof GivenValue.Items list
        ? filled(list.items().stream())
        : filled(Arrays.stream(given.text().split(",", -1)));
  }

  private static List<String> filled(Stream<String> values) {
    return values.map(String::strip).filter(value -> !value.isEmpty()).toList();
  }

  private static Map<String, String> parseMap(GivenValue given) {
    if (given instanceof GivenValue.Pairs map) {
      return map.pairs();
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String entry : parseList(given)) {
      Matcher pair = PAIR.matcher(entry);
      if (!pair.matches()) {
        throw new IllegalArgumentException(entry);
      }
      pairs.put(pair.group(1).strip(), pair.group(2).strip());
    }
    return pairs;
  }
}
