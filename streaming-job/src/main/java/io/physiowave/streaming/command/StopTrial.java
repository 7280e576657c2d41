package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ModelDeployment;
import picocli.CommandLine.Command;

/** {@code physiowave models stop}. */
@Command(name = "stop", description = "Ends what is on trial, canary and shadow.")
final class StopTrial extends ModelChange {
  @Override
  ModelDeployment wanted(ModelDeployment before) {
    return before.stop();
  }

  @Override
  String made(ModelDeployment wanted) {
    return wanted.name() + ": nothing is on trial";
  }
}
