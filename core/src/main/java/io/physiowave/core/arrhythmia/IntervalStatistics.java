package io.physiowave.core.arrhythmia;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Figures of intervals between normal beats, milliseconds, by the definitions of the Task Force of
 * the European Society of Cardiology and the North American Society of Pacing and
 * Electrophysiology, Circulation 1996;93:1043-1065. Sums only: the cost does not grow.
 */
final class IntervalStatistics {
  /** Differences of successive intervals beyond it count for pNN50. */
  private static final double NN50_MILLIS = 50;

  private int intervals;
  private double sum;
  private double squares;
  private int differences;
  private double squaredDifferences;
  private int large;

  /**
   * Adds an interval.
   *
   * @param before the interval that ended where this one begins; NaN when there is none
   */
  void add(double millis, double before) {
    intervals++;
    sum += millis;
    squares += millis * millis;
    if (!Double.isNaN(before)) {
      double difference = millis - before;
      differences++;
      squaredDifferences += difference * difference;
      if (Math.abs(difference) > NN50_MILLIS) {
        large++;
      }
    }
  }

  int count() {
    return intervals;
  }

  /** Standard deviation, with one degree of freedom less; 0 below two intervals. */
  double sdnn() {
    return intervals < 2
        ? 0
        : Math.sqrt(Math.max(0, squares - sum * sum / intervals) / (intervals - 1));
  }

  /** Root mean square of successive differences; 0 without one. */
  double rmssd() {
    return differences == 0 ? 0 : Math.sqrt(squaredDifferences / differences);
  }

  /** Share of successive differences of more than 50 ms, in [0, 1]; 0 without one. */
  double pnn50() {
    return differences == 0 ? 0 : (double) large / differences;
  }

  /** Standard deviation divided by the mean; 0 below two intervals. */
  double coefficientOfVariation() {
    return intervals < 2 ? 0 : sdnn() * intervals / sum;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(intervals);
    out.writeDouble(sum);
    out.writeDouble(squares);
    out.writeInt(differences);
    out.writeDouble(squaredDifferences);
    out.writeInt(large);
  }

  static IntervalStatistics readFrom(DataInput in) throws IOException {
    IntervalStatistics statistics = new IntervalStatistics();
    statistics.intervals = in.readInt();
    statistics.sum = in.readDouble();
    statistics.squares = in.readDouble();
    statistics.differences = in.readInt();
    statistics.squaredDifferences = in.readDouble();
    statistics.large = in.readInt();
    return statistics;
  }
}
