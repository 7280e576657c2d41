package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.gateway.GatewayBenchmark;
import io.physiowave.benchmarks.gateway.GatewayBenchmarkOptions;
import io.physiowave.benchmarks.gateway.GatewayReport;
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

/** {@code bench gateway}. */
@Command(
    name = "gateway",
    sortOptions = false,
    description = {
      "Frames a second that one gateway takes from many devices, by WebSocket and by HTTP, and how"
          + " long an answer takes at a share of that; labels a second that reach listeners, and"
          + " how long a label takes from Kafka to its listener.",
      "",
      "Broker, gateway, devices and listeners share this machine and one process. Every answer and"
          + " every label is awaited; the command fails if one is missing. It takes about three"
          + " minutes."
    })
final class GatewayBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--devices",
      paramLabel = "<count>",
      defaultValue = "100",
      description = "Devices that send (default: ${DEFAULT-VALUE}).")
  private int devices;

  @Option(
      names = "--frame",
      paramLabel = "<ms>",
      defaultValue = "50",
      description =
          "Signal in one frame, milliseconds, of eight channels at 200 Hz"
              + " (default: ${DEFAULT-VALUE}).")
  private double frameMillis;

  @Option(
      names = "--listeners",
      paramLabel = "<count>",
      split = ",",
      arity = "0..*",
      defaultValue = "10,100,1000",
      description =
          "Numbers of listeners, each of a stream of its own, or 0 for none"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Integer> listeners;

  @Option(
      names = "--load",
      paramLabel = "<share>",
      defaultValue = "0.5",
      description =
          "Share of the measured capacity to offer where times are measured"
              + " (default: ${DEFAULT-VALUE}).")
  private double load;

  @Option(
      names = "--warm-up",
      paramLabel = "<runs>",
      defaultValue = "20",
      description =
          "Most runs of up to 3 s before a row; they end when the Java machine has compiled what"
              + " runs (default: ${DEFAULT-VALUE}).")
  private int warmUpRuns;

  @Option(
      names = "--seconds",
      paramLabel = "<s>",
      defaultValue = "8",
      description = "Length of one measurement, two a row (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    Reports.requirePositive(spec, "--devices", devices);
    Reports.requirePositive(spec, "--warm-up", warmUpRuns);
    Reports.requirePositive(spec, "--seconds", seconds);
    if (!(load > 0 && load < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--load is " + load + "; expected more than 0 and less than 1");
    }
    if (!(frameMillis >= 5 && frameMillis <= 10_000)) {
      throw new ParameterException(
          spec.commandLine(), "--frame is " + frameMillis + "; expected 5 to 10000 ms");
    }
    GatewayBenchmarkOptions options =
        new GatewayBenchmarkOptions(
            devices,
            frameMillis,
            listeners.stream().filter(count -> count > 0).toList(),
            load,
            warmUpRuns,
            Duration.ofSeconds(seconds));
    GatewayReport report = new GatewayBenchmark(options, Reports.progress(spec)).run();
    format.print(spec, report, GatewayText.of(report));
    return CommandRunner.SUCCESS;
  }
}
