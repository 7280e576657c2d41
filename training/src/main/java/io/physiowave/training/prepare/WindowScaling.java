package io.physiowave.training.prepare;

import java.util.Locale;

/** What a preparation does to each channel of each window before it is stored. */
public enum WindowScaling {
  /** Nothing: samples stay in their unit. */
  NONE,
  /** To mean 0 and deviation 1. */
  ZSCORE,
  /** To mean 0 and deviation 1, the deviation being that of a sample: divided by n - 1. */
  ZSCORE_OF_SAMPLE,
  /** To 0 for the smallest and 1 for the largest sample. */
  MINMAX,
  /** To -1 for the smallest and 1 for the largest sample. */
  MINMAX_SYMMETRIC,
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
    double offset =
        switch (this) {
          case ZSCORE, ZSCORE_OF_SAMPLE -> mean;
          case MINMAX -> smallest;
          case MINMAX_SYMMETRIC -> (smallest + largest) / 2;
          case MAXABS, NONE -> 0;
        };
    double variance = Math.max(0, squares / (to - from) - mean * mean);
    double size =
        switch (this) {
          case ZSCORE -> Math.sqrt(variance);
          case ZSCORE_OF_SAMPLE -> Math.sqrt(variance * (to - from) / Math.max(1, to - from - 1));
          case MINMAX -> largest - smallest;
          case MINMAX_SYMMETRIC -> (largest - smallest) / 2;
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
