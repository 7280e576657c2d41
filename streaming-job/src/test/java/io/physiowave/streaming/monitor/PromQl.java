package io.physiowave.streaming.monitor;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that a PromQL expression uses, found by its words alone: enough for our own rules. */
final class PromQl {
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
  private static final Pattern GROUPING =
      Pattern.compile(
          "\\b(?:by|without|on|ignoring|group_left|group_right)\\b\\s*(?:\\(([^)]*)\\))?");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern FUNCTION = Pattern.compile(WORD + "\\s*(?=\\()");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

  private PromQl() {}

  /** The metrics. */
  static Set<String> metrics(String expression) {
    String rest = expression;
    for (Pattern noMetric : new Pattern[] {TEXT, RANGE, SELECTOR, GROUPING, FUNCTION}) {
      rest = noMetric.matcher(rest).replaceAll(" ");
    }
    Set<String> names = words(rest);
    names.removeAll(OPERATORS);
    return names;
  }

  /** The labels, in selectors and groupings. */
  static Set<String> labels(String expression) {
    String plain = TEXT.matcher(expression).replaceAll(" ");
    Set<String> names = new TreeSet<>();
    Matcher selector = SELECTOR.matcher(plain);
    while (selector.find()) {
      names.addAll(words(selector.group(1)));
    }
    Matcher grouping = GROUPING.matcher(plain);
    while (grouping.find()) {
      if (grouping.group(1) != null) {
        names.addAll(words(grouping.group(1)));
      }
    }
    return names;
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }
}
