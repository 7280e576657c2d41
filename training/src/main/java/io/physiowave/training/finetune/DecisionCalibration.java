package io.physiowave.training.finetune;

import io.physiowave.core.score.ConfusionMatrix;
import io.physiowave.training.measure.Answers;
import java.util.Arrays;

/**
 * Finds a bias for each class that, added to the logits, makes the decisions on validation better:
 * one class after the other over a grid, until no change helps. Classes that do not occur in the
 * validation set keep a bias of 0, for there is nothing to tune them on.
 */
public final class DecisionCalibration {
  private static final int ROUNDS = 8;
  private static final int GRID_STEPS = 30;
  private static final double GRID_WIDTH = 0.1;

  // A tenth of a percent for each unit of bias: without it noise would be followed far.
  private static final double PRICE = 0.001;

  private final CalibrationGoal goal;
  private final Answers answers;
  private final int[] truth;

  /**
   * Takes validation.
   *
   * @param answers single-label
   * @param truth true class of each window
   */
  public DecisionCalibration(CalibrationGoal goal, Answers answers, int[] truth) {
    this.goal = goal;
    this.answers = answers;
    this.truth = truth;
  }

  /** A bias per class; all 0 when there is no goal or nothing helps. */
  public double[] bias() {
    double[] bias = new double[answers.classes()];
    if (goal == CalibrationGoal.NONE) {
      return bias;
    }
    double best = merit(bias);
    for (int round = 0; round < ROUNDS; round++) {
      double before = best;
      for (int label = 0; label < bias.length; label++) {
        if (occurs(label)) {
          best = improve(bias, label, best);
        }
      }
      if (best == before) {
        break;
      }
    }
    return bias;
  }

  private boolean occurs(int label) {
    return Arrays.stream(truth).anyMatch(value -> value == label);
  }

  private double improve(double[] bias, int label, double best) {
    double kept = bias[label];
    double reached = best;
    for (int step = -GRID_STEPS; step <= GRID_STEPS; step++) {
      double[] candidate = bias.clone();
      candidate[label] = step * GRID_WIDTH;
      double merit = merit(candidate);
      if (merit > reached) {
        reached = merit;
        kept = candidate[label];
      }
    }
    bias[label] = kept;
    return reached;
  }

  private double merit(double[] bias) {
    int classes = bias.length;
    float[] logits = answers.logits();
    long[][] counts = new long[classes][classes];
    for (int window = 0; window < truth.length; window++) {
      int chosen = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int label = 0; label < classes; label++) {
        double value = logits[window * classes + label] + bias[label];
        if (value > highest) {
          highest = value;
          chosen = label;
        }
      }
      counts[truth[window]][chosen]++;
    }
    double price = PRICE * Arrays.stream(bias).map(Math::abs).sum();
    return goal.merit(ConfusionMatrix.of(counts)) - price;
  }
}
