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

  /**
   * Moves one window's probabilities in place as if scores had been added to its logits. They may
   * be large, so that the sum is formed from logarithms.
   *
   * @param scores one a class; empty for none
   * @param row {@code float[classes]}
   */
  static void add(float[] scores, float[] row) {
    if (scores.length == 0) {
      return;
    }
    double[] logits = new double[row.length];
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < row.length; i++) {
      logits[i] = Math.log(Math.max(row[i], Float.MIN_NORMAL)) + scores[i];
      highest = Math.max(highest, logits[i]);
    }
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      logits[i] = Math.exp(logits[i] - highest);
      sum += logits[i];
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (logits[i] / sum);
    }
  }
}
