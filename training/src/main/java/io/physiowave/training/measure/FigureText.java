package io.physiowave.training.measure;

import io.physiowave.core.score.ConfusionMatrix;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures as text for a person: overall, per class, and the confusion matrix. */
public final class FigureText {
  private FigureText() {}

  /**
   * Several lines, each ended.
   *
   * @param labels class names in order
   */
  public static String of(Figures figures, List<String> labels) {
    return of(figures, labels, labels);
  }

  /**
   * Several lines, each ended.
   *
   * @param labels heads of the confusion's columns, in order
   * @param rows heads of the rows, in the same order
   */
  public static String of(Figures figures, List<String> labels, List<String> rows) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Double> figure : figures.values().entrySet()) {
      text.append(String.format(Locale.ROOT, "%-24s %.4f%n", figure.getKey(), figure.getValue()));
    }
    int width = Math.max(8, rows.stream().mapToInt(String::length).max().orElse(1));
    addClasses(text, figures, rows, width);
    figures.confusion().ifPresent(confusion -> addConfusion(text, confusion, labels, rows, width));
    return text.toString();
  }

  private static void addClasses(
      StringBuilder text, Figures figures, List<String> rows, int width) {
    boolean thresholds = figures.confusion().isEmpty();
    text.append(
        String.format(
            "%n%-" + width + "s %11s %11s %9s %9s %9s %9s%s%n",
            "class",
            "precision",
            "sensitivity",
            "F1",
            "AUROC",
            "AP",
            "windows",
            thresholds ? " threshold" : ""));
    for (int label = 0; label < rows.size(); label++) {
      ClassFigures figure = figures.classes().get(label);
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + width + "s %11.4f %11.4f %9.4f %9.4f %9.4f %9d%s%n",
              rows.get(label),
              figure.precision(),
              figure.sensitivity(),
              figure.f1(),
              figure.auroc(),
              figure.averagePrecision(),
              figure.windows(),
              thresholds ? String.format(Locale.ROOT, " %9.2f", figure.threshold()) : ""));
    }
  }

  private static void addConfusion(
      StringBuilder text,
      ConfusionMatrix confusion,
      List<String> labels,
      List<String> rows,
      int width) {
    text.append(String.format("%nconfusion: rows are true, columns predicted%n"));
    text.append(" ".repeat(width));
    labels.forEach(label -> text.append(String.format(" %9s", label)));
    text.append(System.lineSeparator());
    for (int truth = 0; truth < labels.size(); truth++) {
      text.append(String.format("%-" + width + "s", rows.get(truth)));
      for (int predicted = 0; predicted < labels.size(); predicted++) {
        text.append(String.format(" %9d", confusion.count(truth, predicted)));
      }
      text.append(System.lineSeparator());
    }
  }
}
