package io.physiowave.training.report;

import io.physiowave.core.score.ConfusionMatrix;
import io.physiowave.training.measure.ClassFigures;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.run.AtomicFile;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A training on one page that needs no other file and no network: curves, figures of each class,
 * confusion matrices, epochs and options.
 */
public final class HtmlReport {
  /** The file's name in an output folder. */
  public static final String FILE_NAME = "report.html";

  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;"
          + "color:#1b1f24}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}"
          + "img{max-width:100%}table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
          + "th,td{padding:.2em .7em;border-bottom:1px solid #d8dee4;text-align:right}"
          + "th:first-child,td:first-child{text-align:left}.scroll{overflow-x:auto}";

  private final StringBuilder body = new StringBuilder();

  /**
   * Begins a page.
   *
   * @param title what is trained
   * @param state how far it has come, in a sentence
   */
  public HtmlReport(String title, String state) {
    body.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n<p>")
        .append(escaped(state))
        .append("</p>\n");
  }

  /** Adds the curves. */
  public HtmlReport withCurves(TrainingHistory history) throws IOException {
    HistoryCurves.pictures(history)
        .forEach(
            (name, png) ->
                body.append("<p><img alt=\"")
                    .append(name.replace('_', ' '))
                    .append("\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(png))
                    .append("\"></p>\n"));
    return this;
  }

  /**
   * Adds figures of one part of the data.
   *
   * @param part which, e.g. {@code validation}
   * @param labels class names in order
   */
  public HtmlReport withFigures(String part, Figures figures, List<String> labels) {
    heading(part);
    Map<String, String> overall = new LinkedHashMap<>();
    figures.values().forEach((name, value) -> overall.put(name, number(value)));
    pairs(overall);
    boolean thresholds = figures.confusion().isEmpty();
    List<String> head =
        new ArrayList<>(
            List.of("class", "precision", "sensitivity", "F1", "AUROC", "AP", "windows"));
    if (thresholds) {
      head.add("threshold");
    }
    List<List<String>> rows = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      rows.add(row(labels.get(label), figures.classes().get(label), thresholds));
    }
    heading(part + ": classes");
    table(head, rows);
    figures.confusion().ifPresent(confusion -> confusion(part, confusion, labels));
    return this;
  }

  private static List<String> row(String label, ClassFigures figures, boolean threshold) {
    List<String> row =
        new ArrayList<>(
            List.of(
                label,
                number(figures.precision()),
                number(figures.sensitivity()),
                number(figures.f1()),
                number(figures.auroc()),
                number(figures.averagePrecision()),
                String.valueOf(figures.windows())));
    if (threshold) {
      row.add(number(figures.threshold()));
    }
    return row;
  }

  private void confusion(String part, ConfusionMatrix confusion, List<String> labels) {
    heading(part + ": confusion (rows are true, columns predicted)");
    body.append("<div class=\"scroll\"><table><tr><th></th>");
    labels.forEach(label -> body.append("<th>").append(escaped(label)).append("</th>"));
    body.append("</tr>\n");
    for (int truth = 0; truth < labels.size(); truth++) {
      body.append("<tr><th>").append(escaped(labels.get(truth))).append("</th>");
      double support = (double) Math.max(1, confusion.support(truth));
      for (int predicted = 0; predicted < labels.size(); predicted++) {
        long count = confusion.count(truth, predicted);
        body.append(
            String.format(
                Locale.ROOT,
                "<td style=\"background:rgba(47,111,176,%.3f)\">%d</td>",
                0.8 * (double) count / support,
                count));
      }
      body.append("</tr>\n");
    }
    body.append("</table></div>\n");
  }

  /** Adds the figures of every epoch. */
  public HtmlReport withEpochs(TrainingHistory history) {
    List<String> head = new ArrayList<>(List.of("epoch"));
    head.addAll(history.columns().keySet());
    List<List<String>> rows = new ArrayList<>();
    for (int epoch = 0; epoch < history.epochs(); epoch++) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(epoch + 1)));
      for (List<Double> values : history.columns().values()) {
        row.add(number(values.get(epoch)));
      }
      rows.add(row);
    }
    heading("epochs");
    table(head, rows);
    return this;
  }

  /** Adds the options, flag by flag. */
  public HtmlReport withOptions(Map<String, Object> options) {
    Map<String, String> texts = new LinkedHashMap<>();
    options.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    heading("options");
    pairs(texts);
    return this;
  }

  /** Replaces the page in a folder. */
  public void write(Path folder) throws IOException {
    AtomicFile.write(folder.resolve(FILE_NAME), body + "</body></html>\n");
  }

  private void heading(String text) {
    body.append("<h2>").append(escaped(text)).append("</h2>\n");
  }

  private void pairs(Map<String, String> values) {
    table(
        List.of(),
        values.entrySet().stream().map(pair -> List.of(pair.getKey(), pair.getValue())).toList());
  }

  private void table(List<String> head, List<List<String>> rows) {
    body.append("<div class=\"scroll\"><table>");
    if (!head.isEmpty()) {
      cells("th", head);
    }
    rows.forEach(row -> cells("td", row));
    body.append("</table></div>\n");
  }

  private void cells(String kind, List<String> cells) {
    body.append("<tr>");
    for (String cell : cells) {
      body.append('<').append(kind).append('>').append(escaped(cell));
      body.append("</").append(kind).append('>');
    }
    body.append("</tr>\n");
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return value != 0 && Math.abs(value) < 0.001
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
