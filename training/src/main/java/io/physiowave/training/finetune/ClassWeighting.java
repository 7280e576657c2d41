package io.physiowave.training.finetune;

import java.util.Arrays;
import java.util.Locale;

/** How much a window of each class counts in the loss. */
public enum ClassWeighting {
  /** All alike. */
  NONE,
  /** In proportion to one over the class's share. */
  BALANCED,
  /** In proportion to the square root of one over the class's share. */
  SQRT,
  /** One over the effective number of windows (Cui et al. 2019) with beta 0.999. */
  EFFECTIVE;

  private static final double BETA = 0.999;

  /**
   * The weights; their mean over the windows is 1, and a class without windows has 0.
   *
   * @param counts windows of each class
   */
  public float[] weights(long[] counts) {
    double[] weights = Arrays.stream(counts).mapToDouble(this::weight).toArray();
    double weighed = 0;
    long windows = 0;
    for (int label = 0; label < counts.length; label++) {
      weighed += weights[label] * (double) counts[label];
      windows += counts[label];
    }
    float[] normalised = new float[counts.length];
    for (int label = 0; label < counts.length; label++) {
      normalised[label] = (float) (weights[label] * (double) windows / weighed);
    }
    return normalised;
  }

  private double weight(long count) {
    if (count == 0) {
      return 0;
    }
    return switch (this) {
      case NONE -> 1;
      case BALANCED -> 1.0 / (double) count;
      case SQRT -> 1 / Math.sqrt((double) count);
      case EFFECTIVE -> (1 - BETA) / (1 - Math.pow(BETA, (double) count));
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
