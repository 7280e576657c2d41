package io.physiowave.training.measure;

import io.physiowave.core.card.Decision;
import io.physiowave.core.score.ClassificationMetrics;
import io.physiowave.core.score.ConfusionMatrix;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.model.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well answers agree with the truth.
 *
 * @param values figures by name, in the order of reports
 * @param classes figures of each class or label, in the order of the outputs
 * @param confusion counts of true against predicted classes; empty for multilabel
 */
public record Figures(
    Map<String, Double> values, List<ClassFigures> classes, Optional<ConfusionMatrix> confusion) {
  private static final double EVEN = 0.5;

  /**
   * Scores answers by the most probable class, or by a threshold of 0.5 for each label.
   *
   * @param truth of the same windows
   */
  public static Figures of(Answers answers, WindowLabels truth) {
    return of(answers, truth, List.of());
  }

  /**
   * Scores answers as a card's decision makes labels of them.
   *
   * @param truth of the same windows
   * @throws IllegalArgumentException if it has thresholds, but not one a label
   */
  public static Figures of(Answers answers, WindowLabels truth, Decision decision) {
    List<Double> bias = decision.logitBias();
    Answers decided =
        bias.isEmpty()
            ? answers
            : answers.withBias(bias.stream().mapToDouble(Double::doubleValue).toArray());
    return of(decided, truth, decision.thresholds());
  }

  private static Figures of(Answers answers, WindowLabels truth, List<Double> thresholds) {
    if (answers.task() == Task.MULTILABEL) {
      MultiLabelFigures figures =
          new MultiLabelFigures(answers, truth, everywhere(thresholds, answers.classes()));
      List<ClassFigures> labels = figures.perLabel();
      return new Figures(figures.overall(labels), labels, Optional.empty());
    }
    float[] probabilities = answers.probabilities();
    ClassificationMetrics metrics =
        ClassificationMetrics.of(answers.classes(), truth.values(), probabilities);
    ConfusionMatrix confusion = metrics.confusion();
    List<ClassFigures> classes =
        IntStream.range(0, answers.classes())
            .mapToObj(label -> ofClass(label, confusion, truth.values(), probabilities))
            .toList();
    Map<String, Double> values = new LinkedHashMap<>(metrics.values());
    values.put("macro_f1", macroF1(classes));
    return new Figures(values, classes, Optional.of(confusion));
  }

  private static double[] everywhere(List<Double> thresholds, int labels) {
    double[] values = new double[labels];
    if (thresholds.isEmpty()) {
      Arrays.fill(values, EVEN);
      return values;
    }
    if (thresholds.size() != labels) {
      throw new IllegalArgumentException(
          thresholds.size() + " thresholds for " + labels + " labels; expected one a label");
    }
    Arrays.setAll(values, thresholds::get);
    return values;
  }

  private static ClassFigures ofClass(
      int label, ConfusionMatrix confusion, int[] truth, float[] probabilities) {
    int classes = confusion.classes();
    int[] holds = Arrays.stream(truth).map(value -> value == label ? 1 : 0).toArray();
    float[] scores = new float[truth.length];
    for (int window = 0; window < scores.length; window++) {
      scores[window] = probabilities[window * classes + label];
    }
    Ranking ranking = new Ranking(scores, holds);
    return new ClassFigures(
        confusion.precision(label),
        confusion.recall(label),
        confusion.f1(label),
        ranking.auroc(),
        ranking.averagePrecision(),
        Double.NaN,
        confusion.support(label));
  }

  /** Mean F1 of the classes that occur in the truth. */
  private static double macroF1(List<ClassFigures> classes) {
    return classes.stream()
        .filter(figures -> figures.windows() > 0)
        .mapToDouble(ClassFigures::f1)
        .average()
        .orElse(Double.NaN);
  }
}
