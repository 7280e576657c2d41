package io.physiowave.training.checkpoint;

/** IEEE 754 binary16. */
final class HalfFloat {
  private static final int EXPONENT = 0x1f;
  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;

  private HalfFloat() {}

  /** Exact: every half is a float. */
  static float toFloat(short half) {
    int exponent = half >> FRACTION_BITS & EXPONENT;
    int fraction = half & FRACTION;
    float magnitude;
    if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, -24);
    } else if (exponent == EXPONENT) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Math.scalb((float) (fraction | 1 << FRACTION_BITS), exponent - 25);
    }
    return half < 0 ? -magnitude : magnitude;
  }
}
