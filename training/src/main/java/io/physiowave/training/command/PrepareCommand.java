package io.physiowave.training.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Turns public recordings into HDF5 files to train on. */
@Command(
    name = "prepare",
    description = "Turn public recordings into HDF5 files to train on.",
    subcommands = {
      PrepareDiagnosisCommand.ChapmanShaoxing.class,
      PrepareDiagnosisCommand.Cpsc2018.class,
      PrepareDiagnosisCommand.Ludb.class,
      PrepareEpn612Command.class,
      PrepareMimicIvEcgCommand.class,
      PrepareMitdbCommand.class,
      PrepareNinaproDb5Command.class,
      PrepareNinaproDb6Command.class,
      PreparePtbxlCommand.class,
      PrepareUciEmgCommand.class,
      PrepareWfdbCommand.class
    })
public final class PrepareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no data set was named; expected one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
