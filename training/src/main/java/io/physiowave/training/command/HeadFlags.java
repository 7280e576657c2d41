package io.physiowave.training.command;

import io.physiowave.training.model.Pooling;
import picocli.CommandLine.Option;

/** The flags of the head that fine-tuning puts on the encoder. */
final class HeadFlags {
  @Option(
      names = "--head_hidden_dim",
      defaultValue = "0",
      description = "Width of the head's hidden layer; 0 for embed_dim.")
  private int headHiddenDim;

  @Option(
      names = "--hidden_factor",
      defaultValue = "1",
      description = "That width over embed_dim while --head_hidden_dim is 0.")
  private int hiddenFactor;

  @Option(
      names = "--head_dropout",
      defaultValue = "0.1",
      description = "Dropout of the head (default ${DEFAULT-VALUE}).")
  private double headDropout;

  @Option(
      names = "--pooling",
      defaultValue = "mean",
      description = "mean, max, first, last or attention (default ${DEFAULT-VALUE}).")
  private String pooling;

  /**
   * Width of the hidden layer.
   *
   * @param features of a token
   */
  int hiddenWidth(int features) {
    return headHiddenDim == 0 ? hiddenFactor * features : headHiddenDim;
  }

  /** The width as a configuration has it: 0 for that of a token. */
  int configuredWidth(int features) {
    return headHiddenDim == 0 && hiddenFactor == 1 ? 0 : hiddenWidth(features);
  }

  double dropout() {
    return headDropout;
  }

  Pooling pooling() {
    return Pooling.ofPublishedName(pooling);
  }
}
