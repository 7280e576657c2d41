package io.physiowave.training.prepare;

import java.util.Locale;

/** What a preparation does to each channel of each window before it is stored. */
public enum WindowScaling {
  /** Nothing: samples stay in their unit. */
  NONE,
  /** To mean 0 and deviation 1. */
  ZSCORE,
  /** To 0 for the smallest and 1 for the largest sample. */
  MINMAX,
  /** To at most 1 in size, keeping 0 where it is. */
  MAXABS;

  private static final double LEAST = 1e-8;

  /** Scales one channel in place; one that never changes becomes 0. */
  void apply(float[] values, int from, int to) {
    if (this == NONE) {
      return;
    }
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      smallest = Math.min(smallest, values[i]);
      largest = Math.max(largest, values[i]);
      sum += values[i];
      squares += (double) values[i] * values[i];
    }
    double mean = sum / (to - from);
    double offset = this == ZSCORE ? mean : this == MINMAX ? smallest : 0;
    double size =
        switch (this) {
          case ZSCORE -> Math.sqrt(Math.max(0, squares / (to - from) - mean * mean));
          case MINMAX -> largest - smallest;
          case MAXABS -> Math.max(Math.abs(smallest), Math.abs(largest));
          case NONE -> 1;
        };
    for (int i = from; i < to; i++) {
      values[i] = size < LEAST ? 0 : (float) ((values[i] - offset) / size);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
