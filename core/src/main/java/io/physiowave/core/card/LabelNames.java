package io.physiowave.core.card;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people call the labels of a model, whose own labels may be codes. */
public final class LabelNames {
  /** Most characters of a name: all of a model's names go with every label. */
  static final int MAXIMUM_LENGTH = 64;

  private LabelNames() {}

  /**
   * The names in the order of the labels.
   *
   * @param labels of the model
   * @param names by label; empty when labels speak for themselves
   * @throws InvalidModelCardException when a label has no name, a name has no label, is blank,
   *     longer than {@value #MAXIMUM_LENGTH} characters, or stands twice
   */
  public static Map<String, String> of(List<String> labels, Map<String, String> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    boolean isEachNamed =
        names.keySet().equals(Set.copyOf(labels))
            && names.values().stream().allMatch(LabelNames::isName)
            && names.values().stream().distinct().count() == names.size();
    if (!isEachNamed) {
      throw new InvalidModelCardException(
          "labelNames is "
              + names
              + "; expected a name of its own, of 1 to "
              + MAXIMUM_LENGTH
              + " characters, for each of "
              + labels);
    }
    Map<String, String> ordered = new LinkedHashMap<>();
    labels.forEach(label -> ordered.put(label, names.get(label)));
    return Collections.unmodifiableMap(ordered);
  }

  private static boolean isName(String name) {
    return name != null && !name.isBlank() && name.length() <= MAXIMUM_LENGTH;
  }
}
