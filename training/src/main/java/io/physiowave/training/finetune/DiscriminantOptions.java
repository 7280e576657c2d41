package io.physiowave.training.finetune;

/**
 * How the discriminant on channel statistics is fitted and how much it says.
 *
 * @param shrinkage of the covariance towards a multiple of the identity, above 0 to 1
 * @param networkFactor of the trained network's logits in the sum, above 0
 * @param discriminantFactor of the discriminant's scores in the sum, above 0
 */
public record DiscriminantOptions(
    double shrinkage, double networkFactor, double discriminantFactor) {
  /** Fit for a handful of subjects: cross-validated on eight-channel EMG (docs/training.md). */
  public static final DiscriminantOptions DEFAULT = new DiscriminantOptions(0.1, 0.25, 0.5);

  /** Checks the ranges. */
  public DiscriminantOptions {
    if (!(shrinkage > 0 && shrinkage <= 1)) {
      throw new IllegalArgumentException(
          "discriminant_shrinkage is " + shrinkage + "; expected above 0 to 1");
    }
    requirePositive("network_factor", networkFactor);
    requirePositive("discriminant_factor", discriminantFactor);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is " + value + "; expected a number above 0");
    }
  }
}
