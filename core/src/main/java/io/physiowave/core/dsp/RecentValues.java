package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last few values of a quantity and their median. */
final class RecentValues {
  private final double[] values;
  private final double[] sorted;
  private int next;
  private double median;

  RecentValues(int count, double initial) {
    values = new double[count];
    sorted = new double[count];
    fill(initial);
  }

  void fill(double value) {
    Arrays.fill(values, value);
    next = 0;
    median = value;
  }

  void add(double value) {
    values[next] = value;
    next = (next + 1) % values.length;
    update();
  }

  double median() {
    return median;
  }

  private void update() {
    System.arraycopy(values, 0, sorted, 0, values.length);
    Arrays.sort(sorted);
    median = (sorted[(values.length - 1) / 2] + sorted[values.length / 2]) / 2;
  }

  void copyFrom(RecentValues other) {
    System.arraycopy(other.values, 0, values, 0, values.length);
    next = other.next;
    median = other.median;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(next);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  void restore(DataInput in) throws IOException {
    next = in.readInt();
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    update();
  }
}
