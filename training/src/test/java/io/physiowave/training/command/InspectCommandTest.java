package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path folder;

  @Test
  void aFolderIsNamedAndRefused() {
    assertThat(inspect(folder))
        .isEqualTo("inspect: " + folder + ": is a directory; expected a model or a checkpoint\n");
  }

  private static String inspect(Path file) {
    StringWriter err = new StringWriter();
    int exitCode =
        CommandRunner.run(
            new InspectCommand(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            file.toString());
    assertThat(exitCode).isEqualTo(CommandRunner.FAILURE);
    return err.toString();
  }
}
