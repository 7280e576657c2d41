package io.physiowave.core.score;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Counts of beat pairs of one recording, or of several together, and the figures of EC57. */
public final class BeatComparison {
  private static final Set<BeatLabel> BEATS = EnumSet.range(BeatLabel.N, BeatLabel.Q);
  private static final Set<BeatLabel> NO_BEAT = EnumSet.of(BeatLabel.O, BeatLabel.X);

  private final String record;
  private final PairCounts pairs;

  BeatComparison(String record, PairCounts pairs) {
    this.record = Objects.requireNonNull(record, "record");
    this.pairs = pairs;
  }

  /** The recordings' counts together: what EC57 calls gross statistics follow from them. */
  public static BeatComparison gross(List<BeatComparison> records) {
    PairCounts sum = new PairCounts();
    records.forEach(comparison -> sum.addAll(comparison.pairs));
    return new BeatComparison("gross", sum);
  }

  /** The recording's name. */
  public String record() {
    return record;
  }

  /**
   * Beats that are one thing by the reference and another by the test. Pairs of two pseudo-labels
   * do not exist and count 0.
   */
  public long count(BeatLabel reference, BeatLabel test) {
    return NO_BEAT.contains(reference) && NO_BEAT.contains(test) ? 0 : pairs.get(reference, test);
  }

  private long count(Set<BeatLabel> references, Set<BeatLabel> tests) {
    long sum = 0;
    for (BeatLabel reference : references) {
      for (BeatLabel test : tests) {
        sum += count(reference, test);
      }
    }
    return sum;
  }

  /** Detection of beats of any kind. */
  public DetectionCounts qrs() {
    return new DetectionCounts(count(BEATS, BEATS), count(BEATS, NO_BEAT), count(NO_BEAT, BEATS));
  }

  /**
   * Ventricular ectopic beats. A fusion or unclassifiable beat called V is no false positive, by
   * EC57.
   */
  public DetectionCounts veb() {
    return detection(BeatLabel.V, EnumSet.of(BeatLabel.N, BeatLabel.S, BeatLabel.O, BeatLabel.X));
  }

  /** Supraventricular ectopic beats. An unclassifiable beat called S is no false positive. */
  public DetectionCounts sveb() {
    return detection(
        BeatLabel.S, EnumSet.of(BeatLabel.N, BeatLabel.V, BeatLabel.F, BeatLabel.O, BeatLabel.X));
  }

  private DetectionCounts detection(BeatLabel kind, Set<BeatLabel> against) {
    Set<BeatLabel> other = EnumSet.allOf(BeatLabel.class);
    other.remove(kind);
    return new DetectionCounts(
        count(kind, kind), count(EnumSet.of(kind), other), count(against, EnumSet.of(kind)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BeatComparison comparison
        && record.equals(comparison.record)
        && pairs.equals(comparison.pairs);
  }

  @Override
  public int hashCode() {
    return 31 * record.hashCode() + pairs.hashCode();
  }

  @Override
  public String toString() {
    return record + " " + pairs;
  }
}
