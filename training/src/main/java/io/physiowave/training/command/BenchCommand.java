package io.physiowave.training.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures training and inference on this machine. */
@Command(
    name = "bench",
    description = "Measure training and inference on this machine; compare within one run only.",
    subcommands = {BenchInferenceCommand.class, BenchTrainCommand.class})
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a measurement: train or inference");
  }
}
