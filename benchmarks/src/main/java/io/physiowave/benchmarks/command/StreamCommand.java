package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.stream.StreamBenchmark;
import io.physiowave.benchmarks.stream.StreamBenchmarkOptions;
import io.physiowave.benchmarks.stream.StreamReport;
import io.physiowave.connectors.command.CommandRunner;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench stream}. */
@Command(
    name = "stream",
    sortOptions = false,
    description = {
      "Windows a second from frames in Kafka to labels in Kafka, against the bare ONNX Runtime"
          + " session loop with the same batch and threads, in turns: with one subtask, and with"
          + " one a core; the same for a model that costs next to nothing; and the design of one"
          + " call a record.",
      "",
      "Broker, Flink and inference share this machine. Every label is checked; the command fails"
          + " if one is missing. It warms up until windows cost no less, and takes some six minutes."
    })
final class StreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SetupOptions setup;

  @Option(
      names = "--rounds",
      paramLabel = "<count>",
      defaultValue = "3",
      description =
          "Measurements of each in turns; medians are reported (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "<s>",
      defaultValue = "6",
      description = "Length of one measurement, about (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    Reports.requirePositive(spec, "--rounds", rounds);
    Reports.requirePositive(spec, "--seconds", seconds);
    StreamBenchmarkOptions options =
        new StreamBenchmarkOptions(
            setup.job(spec, 1),
            allCores(),
            setup.streams(spec),
            setup.sampleRateHz(),
            setup.frameMillis(),
            setup.warmUpRuns(spec),
            rounds,
            Duration.ofSeconds(seconds));
    StreamReport report = new StreamBenchmark(options, Reports.progress(spec)).run();
    format.print(spec, report, StreamText.of(report));
    return CommandRunner.SUCCESS;
  }

  private int allCores() {
    return setup.isParallelismGiven() || SetupOptions.cores() == 1 ? 0 : SetupOptions.cores();
  }
}
