package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.gateway.DoorFigures;
import io.physiowave.benchmarks.gateway.GatewayReport;
import io.physiowave.benchmarks.gateway.ListenerFigures;
import io.physiowave.benchmarks.gateway.Millis;
import io.physiowave.benchmarks.platform.Machine;
import java.util.Locale;

/** The report of {@code bench gateway} as two tables. */
final class GatewayText {
  private static final String NAMES = "%-16s %10s %12s %10s %10s %8s %8s %8s%n";
  private static final String FIGURES = "%-16s %10.0f %12s %10.1f %10.0f %8.1f %8.1f %8.1f%n";

  private GatewayText() {}

  static String of(GatewayReport report) {
    Machine machine = report.machine();
    StringBuilder text = new StringBuilder();
    append(
        text,
        "%d devices, frames of %d bytes with %d samples, times at %.0f %% of the capacity%n"
            + "%s, %d cores, Java %s, %s%n%n",
        report.devices(),
        report.frameBytes(),
        report.samplesPerFrame(),
        report.load() * 100,
        machine.processor(),
        machine.cores(),
        machine.java(),
        machine.system());
    append(text, NAMES, "", "frames/s", "samples/s", "CPU us", "at", "p50 ms", "p95 ms", "p99 ms");
    row(text, "WebSocket", report.webSocket());
    row(text, "HTTP", report.http());
    if (!report.labels().isEmpty()) {
      append(text, "%n");
      append(text, NAMES, "", "labels/s", "", "CPU us", "at", "p50 ms", "p95 ms", "p99 ms");
      report.labels().forEach(figures -> row(text, figures));
    }
    append(text, "%nCPU us: processor time of the gateway alone, for one frame or label%n");
    return text.toString();
  }

  private static void row(StringBuilder text, String door, DoorFigures figures) {
    Millis times = figures.answerMillis();
    append(
        text,
        FIGURES,
        door,
        figures.framesPerSecond(),
        String.format(Locale.ROOT, "%.0f", figures.samplesPerSecond()),
        figures.gatewayCpuMicrosPerFrame(),
        figures.offeredFramesPerSecond(),
        times.p50(),
        times.p95(),
        times.p99());
  }

  private static void row(StringBuilder text, ListenerFigures figures) {
    Millis times = figures.receiptMillis();
    append(
        text,
        FIGURES,
        figures.listeners() + " listeners",
        figures.labelsPerSecond(),
        "",
        figures.gatewayCpuMicrosPerLabel(),
        figures.offeredLabelsPerSecond(),
        times.p50(),
        times.p95(),
        times.p99());
  }

  private static void append(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
