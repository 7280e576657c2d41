package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ModelDeployment;
import picocli.CommandLine.Command;

/** {@code physiowave models promote}. */
@Command(
    name = "promote",
    description = "Has what is on trial serve all streams: the canary, or without one the shadow.")
final class PromoteModel extends ModelChange {
  @Override
  ModelDeployment wanted(ModelDeployment before) {
    return before.promote();
  }
}
