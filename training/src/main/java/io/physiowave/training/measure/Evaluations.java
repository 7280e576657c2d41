package io.physiowave.training.measure;

import io.physiowave.core.card.Evaluation;
import io.physiowave.core.score.ConfusionMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures in the form in which a model card and JSON reports carry them. */
public final class Evaluations {
  private Evaluations() {}

  /**
   * The card's entry, with the sensitivity and positive predictivity of each class beside the
   * overall figures. A figure that is not a number is left out.
   *
   * @param data what was measured on
   * @param split which part of it
   * @param labels class names in order
   */
  public static Evaluation figures(
      Figures figures, String data, String split, List<String> labels) {
    Map<String, Double> values = new LinkedHashMap<>(figures.values());
    addClasses(values, figures.classes(), labels);
    values.values().removeIf(value -> !Double.isFinite(value));
    return new Evaluation(
        data, split, values, figures.confusion().map(ConfusionMatrix::toLists).orElse(List.of()));
  }

  private static void addClasses(
      Map<String, Double> values, List<ClassFigures> classes, List<String> labels) {
    for (int label = 0; label < labels.size(); label++) {
      ClassFigures figures = classes.get(label);
      if (figures.windows() > 0) {
        values.put("sensitivity_" + labels.get(label), figures.sensitivity());
        values.put("positive_predictivity_" + labels.get(label), figures.precision());
      }
    }
  }
}
