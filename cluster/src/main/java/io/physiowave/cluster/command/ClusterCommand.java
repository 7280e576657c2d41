package io.physiowave.cluster.command;

import io.physiowave.connectors.command.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave cluster}: a broker, Flink, the page and gateways as separate processes. */
@Command(
    name = "cluster",
    description =
        "Runs a Kafka broker, a Flink JobManager, TaskManagers, the live page and simulated"
            + " gateways as separate processes on this machine, on loopback only.",
    subcommands = {UpCommand.class, SubmitCommand.class, StatusCommand.class, DownCommand.class},
    footer = {
      "",
      "Examples:",
      "  physiowave cluster up --taskmanagers 2",
      "  physiowave cluster status",
      "  physiowave cluster submit --parallelism 3",
      "  physiowave cluster down"
    })
public final class ClusterCommand implements Runnable {
  private static final String LOGGING = "log4j2.configurationFile";

  @Spec private CommandSpec spec;

  /** Runs the command and ends the Java machine with its exit code. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "classpath:io/physiowave/cluster/command-log4j2.properties");
    }
    System.exit(CommandRunner.run(new ClusterCommand(), arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: up, submit, status or down");
  }
}
