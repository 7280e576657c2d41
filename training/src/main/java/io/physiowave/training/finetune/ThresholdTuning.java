package io.physiowave.training.finetune;

import io.physiowave.core.label.ProbabilityLimit;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.measure.Answers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds for each of several labels the probability from which to give it: the one of a grid that
 * makes the label's F1 on validation largest, and of equal ones the nearest to 0.5. Since labels do
 * not compete, each is found alone, and together they make macro F1 largest. A label that no
 * validation window has, or all have, keeps 0.5, for there is nothing to tune it on.
 */
public final class ThresholdTuning {
  private static final int FIRST_PERCENT = 5;
  private static final int LAST_PERCENT = 95;
  private static final double EVEN = 0.5;

  private final float[] probabilities;
  private final WindowLabels truth;
  private final int labels;

  /**
   * Takes validation.
   *
   * @param answers multilabel
   * @param truth of the same windows
   */
  public ThresholdTuning(Answers answers, WindowLabels truth) {
    this.probabilities = answers.probabilities();
    this.truth = truth;
    this.labels = answers.classes();
  }

  /** Whole hundredths from 0.05 to 0.95, one a label. */
  public List<Double> thresholds() {
    List<Double> thresholds = new ArrayList<>();
    long[] present = truth.counts(labels);
    for (int label = 0; label < labels; label++) {
      boolean tells = present[label] > 0 && present[label] < truth.size();
      thresholds.add(tells ? best(label, present[label]) : EVEN);
    }
    return Collections.unmodifiableList(thresholds);
  }

  private double best(int label, long present) {
    double best = EVEN;
    double reached = f1(label, best, present);
    for (int percent = FIRST_PERCENT; percent <= LAST_PERCENT; percent++) {
      double threshold = percent / 100.0;
      double f1 = f1(label, threshold, present);
      boolean nearer = Math.abs(threshold - EVEN) < Math.abs(best - EVEN);
      if (f1 > reached || (f1 == reached && nearer)) {
        reached = f1;
        best = threshold;
      }
    }
    return best;
  }

  private double f1(int label, double threshold, long present) {
    long given = 0;
    long hits = 0;
    for (int i = label; i < probabilities.length; i += labels) {
      if (ProbabilityLimit.isReached(probabilities[i], threshold)) {
        given++;
        hits += truth.values()[i];
      }
    }
    return 2.0 * (double) hits / (double) (given + present);
  }
}
