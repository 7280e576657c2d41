package io.physiowave.training.measure;

import io.physiowave.core.score.ReceiverOperatingCharacteristic;
import io.physiowave.training.dataset.WindowLabels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The figures of multi-label classifiers as scikit-learn defines them, at a threshold of 0.5. */
final class MultiLabelFigures {
  private static final float THRESHOLD = 0.5f;

  private final int classes;
  private final WindowLabels truth;
  private final float[] probabilities;
  private final long[] hits;
  private final long[] predicted;
  private final long[] present;

  private MultiLabelFigures(Answers answers, WindowLabels truth) {
    classes = answers.classes();
    this.truth = truth;
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

  static Map<String, Double> of(Answers answers, WindowLabels truth) {
    MultiLabelFigures figures = new MultiLabelFigures(answers, truth);
    Map<String, Double> values = new LinkedHashMap<>();
    figures.addCounts(values);
    values.put("macro_auroc", figures.meanOverLabels(figures::auroc));
    values.put("macro_average_precision", figures.meanOverLabels(figures::averagePrecision));
    figures.addPerWindow(values);
    return values;
  }

  private boolean says(int position) {
    return probabilities[position] >= THRESHOLD;
  }

  private void addCounts(Map<String, Double> values) {
    double allHits = (double) Arrays.stream(hits).sum();
    double allPredicted = (double) Arrays.stream(predicted).sum();
    double allPresent = (double) Arrays.stream(present).sum();
    values.put("micro_precision", ratio(allHits, allPredicted));
    values.put("micro_recall", ratio(allHits, allPresent));
    values.put("micro_f1", ratio(2 * allHits, allPredicted + allPresent));
    IntStream labels = IntStream.range(0, classes);
    values.put(
        "macro_precision",
        labels
            .mapToDouble(k -> ratio((double) hits[k], (double) predicted[k]))
            .average()
            .orElse(0));
    labels = IntStream.range(0, classes);
    values.put(
        "macro_recall",
        labels.mapToDouble(k -> ratio((double) hits[k], (double) present[k])).average().orElse(0));
    labels = IntStream.range(0, classes);
    values.put(
        "macro_f1",
        labels
            .mapToDouble(k -> ratio(2.0 * (double) hits[k], (double) (predicted[k] + present[k])))
            .average()
            .orElse(0));
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

  /** NaN for a label that holds always or never. */
  private double auroc(int label) {
    int[] binary = new int[truth.size()];
    float[] scores = new float[2 * binary.length];
    for (int window = 0; window < binary.length; window++) {
      binary[window] = truth.values()[window * classes + label];
      scores[2 * window + 1] = probabilities[window * classes + label];
      scores[2 * window] = 1 - scores[2 * window + 1];
    }
    return ReceiverOperatingCharacteristic.macroOneVersusOne(2, binary, scores);
  }

  /** Mean precision over the ranks of the windows that have the label; NaN when none has. */
  private double averagePrecision(int label) {
    if (present[label] == 0) {
      return Double.NaN;
    }
    Integer[] ranked = IntStream.range(0, truth.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(
        ranked, Comparator.comparing((Integer window) -> -probabilities[window * classes + label]));
    double sum = 0;
    long found = 0;
    int rank = 0;
    while (rank < ranked.length) {
      float score = probabilities[ranked[rank] * classes + label];
      long before = found;
      // Windows of equal probability share one rank.
      while (rank < ranked.length && probabilities[ranked[rank] * classes + label] == score) {
        found += truth.values()[ranked[rank] * classes + label];
        rank++;
      }
      sum += (double) (found - before) * (double) found / rank;
    }
    return sum / (double) present[label];
  }

  private double meanOverLabels(java.util.function.IntToDoubleFunction figure) {
    return IntStream.range(0, classes)
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
