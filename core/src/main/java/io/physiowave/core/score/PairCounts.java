package io.physiowave.core.score;

import java.util.EnumMap;
import java.util.Map;

/** How often each pair of labels occurred. */
final class PairCounts {
  private final Map<BeatLabel, Map<BeatLabel, Long>> counts = new EnumMap<>(BeatLabel.class);

  void add(BeatLabel reference, BeatLabel test, long count) {
    counts
        .computeIfAbsent(reference, label -> new EnumMap<>(BeatLabel.class))
        .merge(test, count, Long::sum);
  }

  void addAll(PairCounts other) {
    other.counts.forEach(
        (reference, row) -> row.forEach((test, count) -> add(reference, test, count)));
  }

  long get(BeatLabel reference, BeatLabel test) {
    return counts.getOrDefault(reference, Map.of()).getOrDefault(test, 0L);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairCounts pairs && counts.equals(pairs.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
