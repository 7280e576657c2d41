package io.physiowave.core.score;

import java.util.OptionalDouble;

/**
 * How well one kind of beat is found.
 *
 * @param truePositives beats found
 * @param falseNegatives beats missed
 * @param falsePositives beats found that are not of the kind
 */
public record DetectionCounts(long truePositives, long falseNegatives, long falsePositives) {

  /** Counts of two recordings together. */
  public DetectionCounts plus(DetectionCounts other) {
    return new DetectionCounts(
        truePositives + other.truePositives,
        falseNegatives + other.falseNegatives,
        falsePositives + other.falsePositives);
  }

  /** Share of the beats that are found, 0 to 1; empty when there are none. */
  public OptionalDouble sensitivity() {
    return share(truePositives, truePositives + falseNegatives);
  }

  /** Share of the findings that are right, 0 to 1; empty when there are none. */
  public OptionalDouble positivePredictivity() {
    return share(truePositives, truePositives + falsePositives);
  }

  private static OptionalDouble share(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / (double) whole);
  }
}
