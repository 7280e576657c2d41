package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.latency.LatencyMillis;
import io.physiowave.benchmarks.latency.LatencyReport;
import io.physiowave.benchmarks.latency.StreamsFigures;
import java.util.Locale;

/** The report of {@code bench latency} as a table. */
final class LatencyText {
  private LatencyText() {}

  static String of(LatencyReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, parallelism %d, state %s, %.0f windows/s offered (%.0f %% of %.0f), medians of"
                + " %d rounds%n"
                + "%s, %d cores, Java %s, %s%n%n",
            report.model(),
            report.parallelism(),
            report.stateBackend(),
            report.offeredWindowsPerSecond(),
            report.load() * 100,
            report.offeredWindowsPerSecond() / report.load(),
            report.rounds(),
            report.machine().processor(),
            report.machine().cores(),
            report.machine().java(),
            report.machine().system()));
    text.append(
        String.format(
            Locale.ROOT,
            "%8s  %-14s %8s %8s %8s %8s %10s%n",
            "streams",
            "checkpoints",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "max ms",
            "capacity"));
    String every = "every " + report.checkpointMillis() / 1000 + " s";
    for (StreamsFigures figures : report.allStreams()) {
      double capacity = figures.capacityWindowsPerSecond();
      row(text, figures.streams(), "none", figures.withoutCheckpoints(), capacity);
      row(text, figures.streams(), every, figures.latencyMillis(), capacity);
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nLargest over smallest, of all numbers of streams: p99 %.2f with checkpoints and %.2f"
                + " without, capacity %.2f%n",
            report.p99Spread(),
            report.p99SpreadWithoutCheckpoints(),
            report.capacitySpread()));
    return text.toString();
  }

  private static void row(
      StringBuilder text, int streams, String checkpoints, LatencyMillis latency, double capacity) {
    text.append(
        String.format(
            Locale.ROOT,
            "%8d  %-14s %8d %8d %8d %8d %10.0f%n",
            streams,
            checkpoints,
            latency.p50(),
            latency.p95(),
            latency.p99(),
            latency.max(),
            capacity));
  }
}
