package io.physiowave.streaming.infer;

import java.util.List;

/**
 * Moves probabilities as if a bias had been added to the logits before the softmax: {@code p_i *
 * exp(b_i)}, scaled to a sum of one. What is no probability stays as it is, so that it is found out
 * behind: scaled, it would pass for one.
 */
final class LogitBias {
  /** By how much a sum of probabilities may be off in float, as for whoever judges them. */
  private static final float ROUNDING = 1e-4f;

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
      if (areProbabilities(rows, row, row + classes)) {
        apply(rows, row);
      }
    }
  }

  private void apply(float[] rows, int row) {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += rows[row + i] * factors[i];
    }
    for (int i = 0; i < classes; i++) {
      rows[row + i] = (float) (rows[row + i] * factors[i] / sum);
    }
  }

  private static boolean areProbabilities(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!(values[i] >= 0 && values[i] <= 1 + ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Moves one window's probabilities in place as if scores had been added to its logits. They may
   * be large, so that the sum is formed from logarithms.
   *
   * @param scores one a class; empty for none
   * @param row {@code float[classes]}
   */
  static void add(float[] scores, float[] row) {
    if (scores.length == 0 || !areProbabilities(row, 0, row.length)) {
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
