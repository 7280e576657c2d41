package io.physiowave.core.rhythm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last few intervals between beats, oldest first, and figures over them. */
final class RecentIntervals {
  private final double[] intervals;
  private int count;

  RecentIntervals(int capacity) {
    intervals = new double[capacity];
  }

  void add(double seconds) {
    if (count == intervals.length) {
      System.arraycopy(intervals, 1, intervals, 0, count - 1);
      count--;
    }
    intervals[count++] = seconds;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** Mean of the newest up to {@code most} intervals. */
  double mean(int most) {
    int first = Math.max(0, count - most);
    double sum = 0;
    for (int i = first; i < count; i++) {
      sum += intervals[i];
    }
    return sum / (count - first);
  }

  /**
   * Median of the newest up to {@code most} absolute differences between successive intervals, of
   * which there must be two.
   */
  double medianDifference(int most) {
    double[] differences = new double[Math.min(most, count - 1)];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(intervals[count - 1 - i] - intervals[count - 2 - i]);
    }
    Arrays.sort(differences);
    int middle = differences.length / 2;
    return (differences[(differences.length - 1) / 2] + differences[middle]) / 2;
  }

  void copyFrom(RecentIntervals other) {
    count = other.count;
    System.arraycopy(other.intervals, 0, intervals, 0, count);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeDouble(intervals[i]);
    }
  }

  void restore(DataInput in) throws IOException {
    count = in.readInt();
    for (int i = 0; i < count; i++) {
      intervals[i] = in.readDouble();
    }
  }
}
