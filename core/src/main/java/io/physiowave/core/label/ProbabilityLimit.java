package io.physiowave.core.label;

/**
 * Holds probabilities against limits in one precision, that of the probabilities. Models answer in
 * single precision, while limits are written in decimals and read in double: as doubles, the 0.7 of
 * a model lies below the 0.7 of an option.
 */
public final class ProbabilityLimit {
  private ProbabilityLimit() {}

  /**
   * Whether a probability is at least a limit, which counts as the single-precision number nearest
   * to it.
   *
   * @param probability of a model, in [0, 1]; NaN reaches nothing
   * @param limit in [0, 1]
   */
  public static boolean isReached(float probability, double limit) {
    return probability >= (float) limit;
  }
}
