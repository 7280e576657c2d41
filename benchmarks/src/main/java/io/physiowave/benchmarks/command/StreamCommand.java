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
          + " session loop with the same batch and threads, in turns; the same for a model that"
          + " costs next to nothing; and the design of one call a record.",
      "",
      "Broker, Flink and inference share this machine. Every label is checked; the command fails"
          + " if one is missing. It warms up until windows cost no less, and takes some four minutes."
    })
final class StreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SetupOptions setup;

  @Option(
      names = "--streams",
      paramLabel = "<count>",
      defaultValue = "500",
      description = "Devices (default: ${DEFAULT-VALUE}).")
  private int streams;

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

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Reports.requirePositive(spec, "--streams", streams);
    Reports.requirePositive(spec, "--rounds", rounds);
    Reports.requirePositive(spec, "--seconds", seconds);
    StreamBenchmarkOptions options =
        new StreamBenchmarkOptions(
            setup.job(spec),
            streams,
            setup.sampleRateHz(),
            setup.frameMillis(),
            setup.warmUpRuns(spec),
            rounds,
            Duration.ofSeconds(seconds));
    StreamReport report = new StreamBenchmark(options, Reports.progress(spec)).run();
    if (json) {
      Reports.printJson(spec, report);
    } else {
      spec.commandLine().getOut().print(StreamText.of(report));
      spec.commandLine().getOut().flush();
    }
    return CommandRunner.SUCCESS;
  }
}
