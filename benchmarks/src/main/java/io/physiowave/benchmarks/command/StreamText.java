package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.platform.Machine;
import io.physiowave.benchmarks.stream.ModelFigures;
import io.physiowave.benchmarks.stream.StreamReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The report of {@code bench stream} as a table. */
final class StreamText {
  private StreamText() {}

  static String of(StreamReport report) {
    List<ModelFigures> columns = new ArrayList<>();
    columns.add(report.figures());
    if (report.allCores() != null) {
      columns.add(report.allCores());
    }
    columns.add(report.nearFree());
    Machine machine = report.machine();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d streams, frames of %.0f ms, batch %d, state %s, %d rounds%n"
                + "%s, %d cores, Java %s, %s%n%n",
            report.streams(),
            report.frameMillis(),
            report.maximumBatch(),
            report.stateBackend(),
            report.rounds(),
            machine.processor(),
            machine.cores(),
            machine.java(),
            machine.system()));
    row(text, "", columns, ModelFigures::model);
    row(text, "subtasks", columns, figures -> Integer.toString(figures.parallelism()));
    row(text, "windows/s, Kafka to Kafka", columns, ModelFigures::windowsPerSecond, 0);
    row(text, "windows/s, bare session", columns, ModelFigures::bareWindowsPerSecond, 0);
    row(text, "ratio", columns, ModelFigures::ratio, 3);
    row(text, "CPU us/window, Kafka to Kafka", columns, ModelFigures::cpuMicrosPerWindow, 1);
    row(text, "CPU us/window, bare session", columns, ModelFigures::bareCpuMicrosPerWindow, 1);
    row(text, "ratio of CPU", columns, ModelFigures::cpuRatio, 3);
    row(text, "windows/s, one call a record", columns, ModelFigures::perRecordWindowsPerSecond, 0);
    row(text, "times faster than that", columns, ModelFigures::timesPerRecord, 1);
    row(
        text,
        "windows/s, so with the job's threads",
        columns,
        ModelFigures::perRecordSameThreadsWindowsPerSecond,
        0);
    row(text, "times faster than that", columns, ModelFigures::timesPerRecordSameThreads, 1);
    row(text, "labels checked a round", columns, ModelFigures::labelsExpected, 0);
    text.append(
        String.format(
            Locale.ROOT,
            "%nDecode and assembly alone, per core: %.0f frames/s, %.0f samples/s%n",
            report.framesPerSecondPerCore(),
            report.samplesPerSecondPerCore()));
    return text.toString();
  }

  private static void row(
      StringBuilder text,
      String name,
      List<ModelFigures> columns,
      ToDoubleFunction<ModelFigures> figure,
      int digits) {
    row(
        text,
        name,
        columns,
        figures -> String.format(Locale.ROOT, "%." + digits + "f", figure.applyAsDouble(figures)));
  }

  private static void row(
      StringBuilder text,
      String name,
      List<ModelFigures> columns,
      Function<ModelFigures, String> cell) {
    text.append(String.format(Locale.ROOT, "%-36s", name));
    columns.forEach(
        figures -> text.append(String.format(Locale.ROOT, " %18s", cell.apply(figures))));
    text.append(System.lineSeparator());
  }
}
