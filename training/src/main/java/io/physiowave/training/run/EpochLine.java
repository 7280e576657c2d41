package io.physiowave.training.run;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One epoch in one line, for the user. */
public final class EpochLine {
  private EpochLine() {}

  /**
   * The line.
   *
   * @param epoch counted from 0
   * @param epochs of the whole training
   * @param best whether no epoch before was better
   */
  public static String of(int epoch, int epochs, Map<String, Double> figures, boolean best) {
    String text =
        figures.entrySet().stream()
            .map(figure -> figure.getKey() + " " + number(figure.getValue()))
            .collect(Collectors.joining(", "));
    return "epoch " + (epoch + 1) + "/" + epochs + ": " + text + (best ? " (best)" : "");
  }

  private static String number(double value) {
    return value != 0 && Math.abs(value) < 0.001
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
