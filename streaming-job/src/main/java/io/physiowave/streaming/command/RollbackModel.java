package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ModelDeployment;
import picocli.CommandLine.Command;

/** {@code physiowave models rollback}. */
@Command(name = "rollback", description = "Has the version serve that served before.")
final class RollbackModel extends ModelChange {
  @Override
  ModelDeployment wanted(ModelDeployment before) {
    return before.rollback();
  }
}
