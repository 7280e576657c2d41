package io.physiowave.benchmarks.command;

import io.physiowave.benchmarks.chaos.ChaosCommand;
import io.physiowave.benchmarks.endurance.ResubmitCommand;
import io.physiowave.benchmarks.endurance.SoakCommand;
import io.physiowave.connectors.command.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave bench}: what job and gateway can do on this machine. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "MEASUREMENT",
    subcommands = {
      StreamCommand.class,
      LatencyCommand.class,
      GatewayBenchCommand.class,
      ChaosCommand.class,
      ResubmitCommand.class,
      SoakCommand.class
    },
    description = "Measures on this machine; compare figures of one run only.",
    footer = {
      "",
      "Of training, which brings libtorch:",
      "  train      Pretraining steps.",
      "  inference  Exported graphs against the eager forward."
    })
public final class BenchCommand implements Runnable {
  private static final String LOGGING = "log4j2.configurationFile";

  @Spec private CommandSpec spec;

  /** Entry point of the launcher. */
  public static void main(String... arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "classpath:io/physiowave/benchmarks/command/log4j2.xml");
    }
    System.exit(CommandRunner.run(new BenchCommand(), arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected a measurement; 'physiowave bench --help' lists them");
  }
}
