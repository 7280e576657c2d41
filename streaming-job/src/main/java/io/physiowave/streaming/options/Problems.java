package io.physiowave.streaming.options;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what is wrong with options, so that a user sees all of it at once. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Notes a problem unless the rule holds. */
  @FormatMethod
  Problems require(boolean rule, @FormatString String format, Object... values) {
    if (!rule) {
      found.add(String.format(Locale.ROOT, format, values));
    }
    return this;
  }

  void add(String problem) {
    found.add(problem);
  }

  void addAll(List<String> problems) {
    found.addAll(problems);
  }

  /**
   * @throws InvalidOptionsException when anything was noted
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidOptionsException(found);
    }
  }
}
