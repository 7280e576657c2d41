package io.physiowave.training.command;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.distributed.LocalLauncher;
import picocli.CommandLine.Command;

/** The entry point of every training subcommand. */
@Command(
    name = "physiowave",
    description = "Train, measure and export PhysioWave models.",
    subcommands = {
      BenchCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      ExportCheckpointCommand.class,
      FinetuneCommand.class,
      GoldenCommand.class,
      ImportCheckpointCommand.class,
      InspectCommand.class,
      PrepareCommand.class,
      PretrainCommand.class
    })
public final class TrainingCommand {
  private TrainingCommand() {}

  /** Runs a subcommand and exits with its code. */
  public static void main(String[] arguments) {
    LocalLauncher.followStarter();
    System.exit(CommandRunner.run(new TrainingCommand(), arguments));
  }
}
