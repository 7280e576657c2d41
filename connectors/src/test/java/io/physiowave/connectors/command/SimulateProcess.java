package io.physiowave.connectors.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code simulate} as a process of its own, with what it prints in files of a folder. */
final class SimulateProcess {
  private final Process process;
  private final Path out;
  private final Path err;

  private SimulateProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts one.
   *
   * @param logFormat of {@code PHYSIOWAVE_LOG_FORMAT}, empty for a variable that is not set
   */
  static SimulateProcess start(Path folder, String logFormat, String... arguments)
      throws IOException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulateCommand.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove(CommandLogging.FORMAT_VARIABLE);
    if (!logFormat.isEmpty()) {
      builder.environment().put(CommandLogging.FORMAT_VARIABLE, logFormat);
    }
    return new SimulateProcess(builder.start(), out, err);
  }

  /** Waits for its end, and gives its exit code. */
  int end() throws InterruptedException {
    return process.waitFor();
  }

  /** Tells it to end. */
  void terminate() {
    process.destroy();
  }

  /** What it has printed. */
  String out() throws IOException {
    return Files.readString(out);
  }

  /** What it has logged. */
  String err() throws IOException {
    return Files.readString(err);
  }
}
