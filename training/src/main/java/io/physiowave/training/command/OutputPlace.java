package io.physiowave.training.command;

import io.physiowave.training.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Looks at the place of {@code --output} before anything is computed for it. */
final class OutputPlace {
  private OutputPlace() {}

  /**
   * Refuses a place where no file can be put, and one of the files that are read.
   *
   * @throws ParameterException for a file that is read
   * @throws IOException for a directory, a device, or a directory that is not there
   */
  static void require(CommandSpec spec, Path output, Path... read) throws IOException {
    AtomicFile.requirePlace(output);
    for (Path input : read) {
      if (Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input)) {
        throw new ParameterException(
            spec.commandLine(), "--output is " + input + ", which is read; name another file");
      }
    }
  }
}
