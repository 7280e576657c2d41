package io.physiowave.core.rhythm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last few intervals between beats, oldest first, and what is typical of them. */
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

  double mean() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += intervals[i];
    }
    return sum / count;
  }

  double median() {
    double[] sorted = Arrays.copyOf(intervals, count);
    Arrays.sort(sorted);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
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
