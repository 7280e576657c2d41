package io.physiowave.streaming.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a user probably meant by a name that does not exist. */
final class NearestName {
  private NearestName() {}

  /** The closest candidate, if at most a third of its letters differ (edit distance). */
  static Optional<String> of(String name, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate)))
        .filter(candidate -> distance(name, candidate) * 3 <= candidate.length());
  }

  /** Levenshtein distance: fewest insertions, deletions and replacements between two texts. */
  static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[right.length()];
  }
}
