package io.physiowave.training.prepare;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders names so that {@code user2} comes before {@code user10}. */
final class NumbersByValue implements Comparator<String>, Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern PIECE = Pattern.compile("\\d{1,18}|\\D+");

  @Override
  public int compare(String first, String second) {
    Matcher one = PIECE.matcher(first);
    Matcher other = PIECE.matcher(second);
    while (one.find() && other.find()) {
      int order = pieces(one.group(), other.group());
      if (order != 0) {
        return order;
      }
    }
    return first.compareTo(second);
  }

  private static int pieces(String one, String other) {
    boolean numbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
    return numbers
        ? Long.compare(Long.parseLong(one), Long.parseLong(other))
        : one.compareTo(other);
  }
}
