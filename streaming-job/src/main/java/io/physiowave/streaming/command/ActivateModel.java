package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ModelDeployment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code physiowave models activate}. */
@Command(name = "activate", description = "Has a published version serve.")
final class ActivateModel extends ModelChange {
  @Parameters(index = "1", paramLabel = "<version>", description = "A published version.")
  private String version;

  @Override
  ModelDeployment wanted(ModelDeployment before) {
    return before.activate(version);
  }
}
