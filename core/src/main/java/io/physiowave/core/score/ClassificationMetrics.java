package io.physiowave.core.score;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures by which single-label classifiers are compared, as scikit-learn defines them.
 *
 * @param confusion counts of true against predicted classes
 * @param macroAuroc mean one-versus-one area under the curve, NaN when fewer than two classes occur
 */
public record ClassificationMetrics(ConfusionMatrix confusion, double macroAuroc) {

  /**
   * Scores probabilities; the prediction is the most probable class, the first of equal ones.
   *
   * @param classes number of classes K
   * @param truth true class of each of N windows, 0 to K - 1
   * @param probabilities {@code float[N * K]}, window after window; logits rank the same within a
   *     window but not between windows, so give probabilities
   * @throws IllegalArgumentException if there are no windows, lengths disagree or a label is out of
   *     range
   */
  public static ClassificationMetrics of(int classes, int[] truth, float[] probabilities) {
    if (truth.length == 0) {
      throw new IllegalArgumentException("no windows to score");
    }
    if (probabilities.length != (long) truth.length * classes) {
      throw new IllegalArgumentException(
          probabilities.length
              + " probabilities for "
              + truth.length
              + " windows of "
              + classes
              + " classes; expected "
              + (long) truth.length * classes);
    }
    int[] predicted = new int[truth.length];
    for (int i = 0; i < truth.length; i++) {
      predicted[i] = mostProbable(probabilities, i * classes, classes);
    }
    return new ClassificationMetrics(
        ConfusionMatrix.of(classes, truth, predicted),
        ReceiverOperatingCharacteristic.macroOneVersusOne(classes, truth, probabilities));
  }

  private static int mostProbable(float[] values, int from, int classes) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (values[from + label] > values[from + best]) {
        best = label;
      }
    }
    return best;
  }

  /** Share of windows labelled rightly, 0 to 1. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /** Mean recall of the classes that occur, 0 to 1. */
  public double balancedAccuracy() {
    return confusion.balancedAccuracy();
  }

  /** Cohen's kappa, -1 to 1. */
  public double cohenKappa() {
    return confusion.cohenKappa();
  }

  /** Mean F1 weighted by support, 0 to 1. */
  public double weightedF1() {
    return confusion.weightedF1();
  }

  /**
   * The figures by the names used in reports and model cards: {@code accuracy, balanced_accuracy,
   * kappa, weighted_f1, auroc}, in this order.
   */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("accuracy", accuracy());
    values.put("balanced_accuracy", balancedAccuracy());
    values.put("kappa", cohenKappa());
    values.put("weighted_f1", weightedF1());
    values.put("auroc", macroAuroc);
    return values;
  }
}
