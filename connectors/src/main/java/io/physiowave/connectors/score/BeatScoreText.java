package io.physiowave.connectors.score;

import io.physiowave.core.score.BeatComparison;
import io.physiowave.core.score.BeatLabel;
import io.physiowave.core.score.BeatStatistics;
import io.physiowave.core.score.DetectionCounts;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Scores as a table for people, in percent. */
public final class BeatScoreText {
  private static final String ROW = "%-12s %8s %8s  %8s %8s  %8s %8s%n";
  private static final List<Function<BeatComparison, DetectionCounts>> KINDS =
      List.of(BeatComparison::qrs, BeatComparison::veb, BeatComparison::sveb);
  private static final List<Function<DetectionCounts, OptionalDouble>> FIGURES =
      List.of(DetectionCounts::sensitivity, DetectionCounts::positivePredictivity);

  private BeatScoreText() {}

  /** The table: a line a record, gross and average, and the confusion matrix of all beats. */
  public static String of(BeatStatistics statistics) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "Record",
            "QRS Se",
            "QRS +P",
            "VEB Se",
            "VEB +P",
            "SVEB Se",
            "SVEB +P"));
    for (BeatComparison record : statistics.records()) {
      text.append(row(record.record(), record));
    }
    text.append(row("Gross", statistics.gross()));
    text.append(average(statistics));
    text.append(confusion(statistics.gross()));
    return text.toString();
  }

  private static String row(String name, BeatComparison comparison) {
    Object[] cells = new Object[1 + KINDS.size() * FIGURES.size()];
    cells[0] = name;
    int cell = 1;
    for (var kind : KINDS) {
      for (var figure : FIGURES) {
        cells[cell++] = percent(figure.apply(kind.apply(comparison)));
      }
    }
    return String.format(Locale.ROOT, ROW, cells);
  }

  private static String average(BeatStatistics statistics) {
    Object[] cells = new Object[1 + KINDS.size() * FIGURES.size()];
    cells[0] = "Average";
    int cell = 1;
    for (var kind : KINDS) {
      for (var figure : FIGURES) {
        cells[cell++] = percent(statistics.average(kind, figure));
      }
    }
    return String.format(Locale.ROOT, ROW, cells);
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? String.format(Locale.ROOT, "%.2f", 100 * share.getAsDouble()) : "-";
  }

  private static String confusion(BeatComparison comparison) {
    StringBuilder text =
        new StringBuilder(
            String.format("%nBeats by reference (rows) and test; O no beat, X unreadable%n"));
    text.append("   ");
    for (BeatLabel test : BeatLabel.values()) {
      text.append(String.format(Locale.ROOT, "%8s", test.name()));
    }
    for (BeatLabel reference : BeatLabel.values()) {
      text.append(String.format(Locale.ROOT, "%n%-3s", reference.name()));
      for (BeatLabel test : BeatLabel.values()) {
        text.append(String.format(Locale.ROOT, "%8d", comparison.count(reference, test)));
      }
    }
    return text.append(System.lineSeparator()).toString();
  }
}
