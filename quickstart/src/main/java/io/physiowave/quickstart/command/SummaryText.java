package io.physiowave.quickstart.command;

import io.physiowave.quickstart.report.DemoReport;
import io.physiowave.quickstart.report.Latency;
import io.physiowave.quickstart.report.StreamReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what a run came to as a table. */
final class SummaryText {
  private static final List<String> HEAD =
      List.of(
          "stream",
          "frames sent",
          "processed",
          "rejected",
          "labels",
          "latency p50/p95/p99/max ms",
          "classes",
          "agrees with the truth");

  private SummaryText() {}

  /**
   * Writes the table.
   *
   * @param agreements how each stream's labels agree with the truth, in words, by stream
   */
  static void write(PrintWriter out, DemoReport report, Map<String, String> agreements) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD.subList(0, agreements.isEmpty() ? HEAD.size() - 1 : HEAD.size()));
    for (StreamReport stream : report.streams()) {
      List<String> row = new ArrayList<>(cells(stream));
      if (!agreements.isEmpty()) {
        row.add(agreements.getOrDefault(stream.stream(), ""));
      }
      rows.add(row);
    }
    out.println();
    rows.forEach(row -> out.println(aligned(row, widths(rows))));
    out.println();
    Double first = report.timeToFirstLabelSeconds();
    out.println(
        first == null
            ? "No label came."
            : String.format(
                Locale.ROOT, "First label %.1f s after the start of the process.", first));
    out.flush();
  }

  private static List<String> cells(StreamReport stream) {
    Latency latency = stream.latencyMillis();
    return List.of(
        stream.stream(),
        Long.toString(stream.framesSent()),
        Long.toString(stream.framesProcessed()),
        Long.toString(stream.framesRejected()),
        Long.toString(stream.windows()),
        String.format(
            Locale.ROOT,
            "%.0f / %.0f / %.0f / %.0f",
            latency.p50(),
            latency.p95(),
            latency.p99(),
            latency.max()),
        stream.labels().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String padded = row.get(column) + " ".repeat(widths[column] - row.get(column).length());
      line.append(padded).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
