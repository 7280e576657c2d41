package io.physiowave.benchmarks.command;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How measurements say what they do and what they found. */
final class Reports {
  private Reports() {}

  static void requirePositive(CommandSpec spec, String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; expected 1 or more");
    }
  }

  /** Lines on the error stream, each with the time since the start. */
  static Consumer<String> progress(CommandSpec spec) {
    PrintWriter err = spec.commandLine().getErr();
    long start = System.nanoTime();
    return line -> {
      err.printf("%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000, line);
      err.flush();
    };
  }
}
