package io.physiowave.training.finetune;

/**
 * What training makes small.
 *
 * @param labelSmoothing share of each target that is spread over all classes, 0 to below 1
 * @param weighting how much each class counts
 * @param focalGamma exponent of {@code (1 - p)} (Lin et al. 2017); 0 leaves the cross entropy
 * @param logitAdjustment factor of the classes' log shares that are added to the logits while
 *     training (Menon et al. 2021); 0 adds nothing
 */
public record Objective(
    double labelSmoothing, ClassWeighting weighting, double focalGamma, double logitAdjustment) {

  public Objective {
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "label_smoothing is " + labelSmoothing + "; expected 0 to below 1");
    require(
        focalGamma >= 0 && focalGamma <= 10, "focal_gamma is " + focalGamma + "; expected 0 to 10");
    require(
        logitAdjustment >= 0 && logitAdjustment <= 10,
        "logit_adjustment is " + logitAdjustment + "; expected 0 to 10");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
