package io.physiowave.training.command;

import io.physiowave.training.finetune.DiscriminantOptions;
import picocli.CommandLine.Option;

/** Flags of the discriminant on channel statistics. */
final class DiscriminantFlags {
  @Option(
      names = "--channel_statistics",
      defaultValue = "0",
      description =
          "Add a linear discriminant on the channels' strengths and correlations, fitted after"
              + " training; floor of the strengths in the data's unit, 0 for none (default 0).")
  private double floor;

  @Option(
      names = "--discriminant_shrinkage",
      defaultValue = "0.1",
      description = "Shrinkage of the discriminant's covariance, above 0 to 1 (default 0.1).")
  private double shrinkage;

  @Option(
      names = "--network_factor",
      defaultValue = "0.25",
      description = "Factor of the network's logits beside the discriminant (default 0.25).")
  private double networkFactor;

  @Option(
      names = "--discriminant_factor",
      defaultValue = "0.5",
      description = "Factor of the discriminant's scores (default 0.5).")
  private double discriminantFactor;

  /** Floor of the strengths, in the data's unit; 0 for no discriminant. */
  double floor() {
    return floor;
  }

  /**
   * The fit and the factors.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  DiscriminantOptions options() {
    return new DiscriminantOptions(shrinkage, networkFactor, discriminantFactor);
  }
}
