package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A process of its own, whose output goes where nothing can be written. */
@EnabledOnOs(OS.LINUX)
class StandardOutputTest {
  @TempDir private Path directory;

  /** Prints for a while. */
  @Command(name = "talk", description = "Prints for a while.")
  static final class Talk implements Callable<Integer> {
    @Spec private CommandSpec spec;

    public static void main(String[] arguments) {
      System.exit(CommandRunner.run(new Talk(), arguments));
    }

    @Override
    public Integer call() {
      for (int line = 0; line < 100_000; line++) {
        spec.commandLine().getOut().println(line);
      }
      return CommandRunner.SUCCESS;
    }
  }

  private record Result(int exitCode, String err) {}

  private Result talkTo(String shellTarget) throws IOException, InterruptedException {
    Path err = directory.resolve("err.txt");
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "{ \"$0\" -cp \"$1\" '" + Talk.class.getName() + "'; echo $? >&3; } " + shellTarget,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"))
            .redirectError(err.toFile())
            .start();
    assertThat(shell.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Result(
        Integer.parseInt(Files.readString(directory.resolve("code")).strip()),
        Files.readString(err));
  }

  @Test
  void aFullDiskIsAFailureOfOneLine() throws Exception {
    Result result = talkTo("3>'" + directory.resolve("code") + "' >/dev/full");

    assertThat(result.exitCode()).isEqualTo(CommandRunner.FAILURE);
    assertThat(result.err())
        .isEqualTo("talk: the standard output cannot be written: No space left on device\n");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNotTalkedOf() throws Exception {
    Result result = talkTo("3>'" + directory.resolve("code") + "' | head -n 1");

    assertThat(result.exitCode()).isEqualTo(CommandRunner.FAILURE);
    assertThat(result.err()).isEmpty();
  }
}
