package io.physiowave.benchmarks.chaos;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The windows of which each must be labelled.
 *
 * @param windows all of them
 * @param windowsByLabel the window of each label identity that may come
 */
record Expectation(Set<String> windows, Map<String, String> windowsByLabel) {

  /**
   * What a topic's labels come to.
   *
   * @param labels all that were read
   * @param missing windows without a label
   * @param repeated labels beyond the first of each window
   * @param unexpected labels of windows that nothing that was sent gives rise to
   */
  record Outcome(long labels, long missing, long repeated, long unexpected) {}

  /** Holds the identities of labels, as often as each was read, against what must be there. */
  Outcome compare(Collection<String> labels) {
    Map<String, Integer> seen = new HashMap<>();
    long unexpected = 0;
    for (String label : labels) {
      String window = windowsByLabel.get(label);
      if (window == null) {
        unexpected++;
      } else {
        seen.merge(window, 1, Integer::sum);
      }
    }
    long missing = windows.stream().filter(window -> !seen.containsKey(window)).count();
    long repeated = seen.values().stream().mapToLong(times -> times - 1).sum();
    return new Outcome(labels.size(), missing, repeated, unexpected);
  }
}
