package io.physiowave.quickstart.observe;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells a repeated label from a new one. Repeats come soon after their originals (a restarted job
 * goes back one checkpoint), so only the latest identities of each stream are remembered. Not safe
 * for use by several threads.
 */
final class RecentIdentities {
  /** Some minutes of labels, at a label every 10 ms. */
  static final int CAPACITY = 20_000;

  private final Map<String, Set<String>> latest = new HashMap<>();

  boolean isNew(String stream, String identity) {
    Set<String> known = latest.computeIfAbsent(stream, name -> new LinkedHashSet<>());
    if (!known.add(identity)) {
      return false;
    }
    if (known.size() > CAPACITY) {
      known.remove(known.iterator().next());
    }
    return true;
  }
}
