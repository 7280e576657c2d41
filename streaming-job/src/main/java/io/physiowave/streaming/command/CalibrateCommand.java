package io.physiowave.streaming.command;

import io.physiowave.connectors.command.CommandLogging;
import io.physiowave.connectors.command.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave calibrate}: what a model is told about one wearer. */
@Command(
    name = "calibrate",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CalibrateLive.class,
      CalibrateRecording.class,
      ApplyCalibration.class,
      RemoveCalibration.class
    },
    description =
        "Tells a gesture model about one wearer; the job must have been given --calibration-topic.",
    footer = {
      "",
      "Examples:",
      "  physiowave calibrate live --stream emg-1",
      "  physiowave calibrate recording EMG_data_for_gestures-master.zip --subject 03 --stream emg-1"
    })
public final class CalibrateCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Entry point of the launcher. */
  public static void main(String... arguments) {
    System.setProperty("physiowave.log.network", "ERROR");
    CommandLogging.configure(CalibrateCommand.class);
    System.exit(CommandRunner.run(new CalibrateCommand(), arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected one of live, recording, apply, remove");
  }
}
