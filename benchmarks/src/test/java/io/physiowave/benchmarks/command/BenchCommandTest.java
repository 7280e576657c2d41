package io.physiowave.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandRunner.run(
        new BenchCommand(), new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void helpNamesTheMeasurementsOfOtherModulesToo() {
    assertThat(run("--help")).isEqualTo(CommandRunner.SUCCESS);
    assertThat(out.toString()).contains("train ", "inference ");
  }

  @Test
  void asksForAMeasurement() {
    assertThat(run()).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).startsWith("bench: expected a measurement");
  }
}
