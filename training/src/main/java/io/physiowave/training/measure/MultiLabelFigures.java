package io.physiowave.training.measure;

import io.physiowave.core.label.ProbabilityLimit;
import io.physiowave.training.dataset.WindowLabels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The figures of multi-label classifiers as scikit-learn defines them. */
final class MultiLabelFigures {
  private final int classes;
  private final WindowLabels truth;
  private final float[] probabilities;
  private final double[] thresholds;
  private final long[] hits;
  private final long[] predicted;
  private final long[] present;

  /**
   * Counts once.
   *
   * @param thresholds probability of each label from which it is given
   */
  MultiLabelFigures(Answers answers, WindowLabels truth, double[] thresholds) {
    classes = answers.classes();
    this.truth = truth;
    this.thresholds = thresholds;
    probabilities = answers.probabilities();
    hits = new long[classes];
    predicted = new long[classes];
    present = truth.counts(classes);
    for (int i = 0; i < probabilities.length; i++) {
      if (says(i)) {
        predicted[i % classes]++;
        hits[i % classes] += truth.values()[i];
      }
    }
  }

  private boolean says(int position) {
    return ProbabilityLimit.isReached(probabilities[position], thresholds[position % classes]);
  }

  /** One entry a label. */
  List<ClassFigures> perLabel() {
    return IntStream.range(0, classes).mapToObj(this::label).toList();
  }

  private ClassFigures label(int label) {
    Ranking ranking = ranking(label);
    return new ClassFigures(
        ratio(hits[label], predicted[label]),
        ratio(hits[label], present[label]),
        ratio(2 * hits[label], predicted[label] + present[label]),
        ranking.auroc(),
        ranking.averagePrecision(),
        thresholds[label],
        present[label]);
  }

  private Ranking ranking(int label) {
    int[] holds = new int[truth.size()];
    float[] scores = new float[holds.length];
    for (int window = 0; window < holds.length; window++) {
      holds[window] = truth.values()[window * classes + label];
      scores[window] = probabilities[window * classes + label];
    }
    return new Ranking(scores, holds);
  }

  /**
   * The figures over all labels, by name.
   *
   * @param labels of {@link #perLabel}
   */
  Map<String, Double> overall(List<ClassFigures> labels) {
    Map<String, Double> values = new LinkedHashMap<>();
    long allHits = Arrays.stream(hits).sum();
    long allPredicted = Arrays.stream(predicted).sum();
    long allPresent = Arrays.stream(present).sum();
    values.put("micro_precision", ratio(allHits, allPredicted));
    values.put("micro_recall", ratio(allHits, allPresent));
    values.put("micro_f1", ratio(2 * allHits, allPredicted + allPresent));
    values.put("macro_precision", mean(labels, ClassFigures::precision));
    values.put("macro_recall", mean(labels, ClassFigures::sensitivity));
    values.put("macro_f1", mean(labels, ClassFigures::f1));
    Ranking together = new Ranking(probabilities, truth.values());
    values.put("micro_auroc", together.auroc());
    values.put("macro_auroc", mean(labels, ClassFigures::auroc));
    values.put("micro_average_precision", together.averagePrecision());
    values.put("macro_average_precision", mean(labels, ClassFigures::averagePrecision));
    addPerWindow(values);
    return values;
  }

  /** Labels for which a figure is not defined are left out. */
  private static double mean(List<ClassFigures> labels, ToDoubleFunction<ClassFigures> figure) {
    return labels.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private void addPerWindow(Map<String, Double> values) {
    int windows = truth.size();
    long wrong = 0;
    long exact = 0;
    double jaccard = 0;
    for (int window = 0; window < windows; window++) {
      int differing = 0;
      int both = 0;
      int either = 0;
      for (int i = window * classes; i < (window + 1) * classes; i++) {
        boolean holds = truth.values()[i] != 0;
        differing += holds == says(i) ? 0 : 1;
        both += holds && says(i) ? 1 : 0;
        either += holds || says(i) ? 1 : 0;
      }
      wrong += differing;
      exact += differing == 0 ? 1 : 0;
      jaccard += ratio(both, either);
    }
    values.put("hamming_loss", (double) wrong / probabilities.length);
    values.put("jaccard", jaccard / windows);
    values.put("accuracy", (double) exact / windows);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / (double) whole;
  }
}
