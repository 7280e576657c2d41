package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.platform.Machine;
import io.physiowave.benchmarks.stream.ModelFigures;
import io.physiowave.benchmarks.stream.StreamReport;
import java.util.Locale;

/** The report of {@code bench stream} as a table. */
final class StreamText {
  private StreamText() {}

  static String of(StreamReport report) {
    ModelFigures model = report.figures();
    ModelFigures free = report.nearFree();
    Machine machine = report.machine();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d streams, frames of %.0f ms, parallelism %d, batch %d, state %s, %d rounds%n"
                + "%s, %d cores, Java %s, %s%n%n",
            report.streams(),
            report.frameMillis(),
            report.parallelism(),
            report.maximumBatch(),
            report.stateBackend(),
            report.rounds(),
            machine.processor(),
            machine.cores(),
            machine.java(),
            machine.system()));
    text.append(String.format(Locale.ROOT, "%-36s %18s %18s%n", "", model.model(), free.model()));
    row(text, "windows/s, Kafka to Kafka", model.windowsPerSecond(), free.windowsPerSecond(), 0);
    row(
        text,
        "windows/s, bare session",
        model.bareWindowsPerSecond(),
        free.bareWindowsPerSecond(),
        0);
    row(text, "ratio", model.ratio(), free.ratio(), 3);
    row(
        text,
        "CPU us/window, Kafka to Kafka",
        model.cpuMicrosPerWindow(),
        free.cpuMicrosPerWindow(),
        1);
    row(
        text,
        "CPU us/window, bare session",
        model.bareCpuMicrosPerWindow(),
        free.bareCpuMicrosPerWindow(),
        1);
    row(text, "ratio of CPU", model.cpuRatio(), free.cpuRatio(), 3);
    row(
        text,
        "windows/s, one call a record",
        model.perRecordWindowsPerSecond(),
        free.perRecordWindowsPerSecond(),
        0);
    row(text, "times faster than that", model.timesPerRecord(), free.timesPerRecord(), 1);
    row(
        text,
        "labels checked a round",
        (double) model.labelsExpected(),
        (double) free.labelsExpected(),
        0);
    text.append(
        String.format(
            Locale.ROOT,
            "%nDecode and assembly alone, per core: %.0f frames/s, %.0f samples/s%n",
            report.framesPerSecondPerCore(),
            report.samplesPerSecondPerCore()));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, double model, double free, int digits) {
    String form = "%-36s %18." + digits + "f %18." + digits + "f%n";
    text.append(String.format(Locale.ROOT, form, name, model, free));
  }
}
