package io.physiowave.core.rhythm;

/** Limits that keep every feature of order 1. */
final class Scale {
  private static final double SMALLEST_RATIO = 0.05;
  private static final double LARGEST_LOGARITHM = 1.5;
  private static final double LARGEST = 5;

  private Scale() {}

  /** The limited logarithm called lg in {@link RhythmFeature}. */
  static double logarithm(double ratio) {
    return limit(Math.log(Math.max(ratio, SMALLEST_RATIO)), LARGEST_LOGARITHM);
  }

  /** A finished feature. */
  static float feature(double value) {
    return (float) limit(value, LARGEST);
  }

  private static double limit(double value, double largest) {
    return Math.max(-largest, Math.min(largest, value));
  }
}
