package io.physiowave.training.measure;

import io.physiowave.core.score.ClassificationMetrics;
import io.physiowave.core.score.ConfusionMatrix;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.model.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How well answers agree with the truth.
 *
 * @param values figures by name, in the order of reports
 * @param confusion counts of true against predicted classes; empty for multilabel
 */
public record Figures(Map<String, Double> values, Optional<ConfusionMatrix> confusion) {

  /**
   * Scores answers.
   *
   * @param truth of the same windows
   */
  public static Figures of(Answers answers, WindowLabels truth) {
    if (answers.task() == Task.MULTILABEL) {
      return new Figures(MultiLabelFigures.of(answers, truth), Optional.empty());
    }
    ClassificationMetrics metrics =
        ClassificationMetrics.of(answers.classes(), truth.values(), answers.probabilities());
    Map<String, Double> values = new LinkedHashMap<>(metrics.values());
    values.put("macro_f1", macroF1(metrics.confusion()));
    return new Figures(values, Optional.of(metrics.confusion()));
  }

  /** Mean F1 of the classes that occur in the truth. */
  private static double macroF1(ConfusionMatrix confusion) {
    double sum = 0;
    int occurring = 0;
    for (int label = 0; label < confusion.classes(); label++) {
      if (confusion.support(label) > 0) {
        sum += confusion.f1(label);
        occurring++;
      }
    }
    return sum / occurring;
  }
}
