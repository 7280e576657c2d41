package io.physiowave.streaming.command;

import io.physiowave.connectors.command.CommandLogging;
import io.physiowave.connectors.command.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave models}: which models a running job serves. */
@Command(
    name = "models",
    usageHelpWidth = 110,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PublishModel.class,
      ActivateModel.class,
      RollbackModel.class,
      ShadowModel.class,
      CanaryModel.class,
      PromoteModel.class,
      StopTrial.class,
      ListModels.class
    },
    description =
        "Says which models a running job serves; the job must have been given --models-topic.")
public final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Entry point of the launcher. */
  public static void main(String... arguments) {
    System.setProperty("physiowave.log.network", "ERROR");
    CommandLogging.configure(ModelsCommand.class);
    System.exit(CommandRunner.run(new ModelsCommand(), arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected one of publish, activate, rollback, shadow, canary, promote, stop, list");
  }
}
