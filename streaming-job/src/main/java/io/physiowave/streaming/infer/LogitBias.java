package io.physiowave.streaming.infer;

import java.util.List;

/**
 * Moves probabilities as if a bias had been added to the logits before the softmax: {@code p_i *
 * exp(b_i)}, scaled to a sum of one.
 */
final class LogitBias {
  private final double[] factors;
  private final int classes;

  /**
   * @param bias added to the logits, one a class; empty for none
   */
  LogitBias(List<Double> bias, int classes) {
    this.classes = classes;
    factors = bias.stream().mapToDouble(Math::exp).toArray();
  }

  /**
   * Changes rows in place.
   *
   * @param rows {@code float[n * classes]}, row after row
   */
  void apply(float[] rows) {
    if (factors.length == 0) {
      return;
    }
    for (int row = 0; row < rows.length; row += classes) {
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        sum += rows[row + i] * factors[i];
      }
      for (int i = 0; i < classes; i++) {
        rows[row + i] = (float) (rows[row + i] * factors[i] / sum);
      }
    }
  }
}
