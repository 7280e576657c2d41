package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ModelDeployment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code physiowave models shadow}. */
@Command(
    name = "shadow",
    description =
        "Runs a published version beside the one that serves; its labels go to a topic of their own.")
final class ShadowModel extends ModelChange {
  @Parameters(index = "1", paramLabel = "<version>", description = "A published version.")
  private String version;

  @Override
  ModelDeployment wanted(ModelDeployment before) {
    return before.withShadow(version);
  }

  @Override
  String made(ModelDeployment wanted) {
    return wanted.name() + " " + version + " runs beside";
  }
}
