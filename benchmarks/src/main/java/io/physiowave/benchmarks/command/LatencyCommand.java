package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.latency.LatencyBenchmark;
import io.physiowave.benchmarks.latency.LatencyBenchmarkOptions;
import io.physiowave.benchmarks.latency.LatencyReport;
import io.physiowave.connectors.command.CommandRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench latency}. */
@Command(
    name = "latency",
    sortOptions = false,
    description = {
      "Time from the last sample of a window in Kafka to its label in Kafka, by the broker's clock,"
          + " at a share of the capacity that is measured first; with and without checkpoints, and"
          + " with other numbers of streams at the same total rate.",
      "",
      "Broker, Flink, inference and the sender share this machine. Every label is checked; the"
          + " command fails if one is missing. It takes about a quarter of an hour."
    })
final class LatencyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SetupOptions setup;

  @Option(
      names = "--load",
      paramLabel = "<share>",
      defaultValue = "0.7",
      description = "Share of the measured capacity to offer (default: ${DEFAULT-VALUE}).")
  private double load;

  @Option(
      names = "--also",
      paramLabel = "<count>",
      split = ",",
      arity = "0..*",
      defaultValue = "10,100,1000,5000",
      description = "Further numbers of devices, or 0 for none (default: ${DEFAULT-VALUE}).")
  private List<Integer> also;

  @Option(
      names = "--rounds",
      paramLabel = "<count>",
      defaultValue = "3",
      description =
          "Rounds in which all numbers of devices take turns; medians are shown"
              + " (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "<s>",
      defaultValue = "10",
      description = "Length of one measurement (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "<s>",
      defaultValue = "5",
      description = "Time between checkpoints where they are taken (default: ${DEFAULT-VALUE}).")
  private int checkpointSeconds;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    Reports.requirePositive(spec, "--rounds", rounds);
    Reports.requirePositive(spec, "--seconds", seconds);
    Reports.requirePositive(spec, "--checkpoint-seconds", checkpointSeconds);
    if (!(load > 0 && load < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--load is " + load + "; expected more than 0 and less than 1");
    }
    LatencyBenchmarkOptions options =
        new LatencyBenchmarkOptions(
            setup.job(spec, SetupOptions.cores()),
            load,
            setup.streams(spec),
            also.stream().filter(count -> count > 0).toList(),
            setup.sampleRateHz(),
            setup.frameMillis(),
            setup.warmUpRuns(spec),
            rounds,
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(checkpointSeconds));
    LatencyReport report = new LatencyBenchmark(options, Reports.progress(spec)).run();
    format.print(spec, report, LatencyText.of(report));
    return CommandRunner.SUCCESS;
  }
}
