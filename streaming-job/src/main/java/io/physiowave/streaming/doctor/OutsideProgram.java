package io.physiowave.streaming.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks another program something, for a limited time. */
final class OutsideProgram {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private OutsideProgram() {}

  /**
   * What a program said.
   *
   * @param exitCode 0 after success
   * @param text standard output and errors, as they came
   */
  record Answer(int exitCode, String text) {}

  /** What the program printed when it is there and succeeds; nothing otherwise. */
  static Optional<String> run(String... command) {
    return ask(PATIENCE, List.of(command))
        .filter(answer -> answer.exitCode() == 0)
        .map(Answer::text);
  }

  /** The program's answer; nothing when it is not there, may not run, or takes too long. */
  static Optional<Answer> ask(Duration patience, List<String> command) {
    try {
      // Into a file: a program that nobody reads from would wait for ever, and a reader for it.
      Path output = Files.createTempFile("physiowave-doctor-", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          return Optional.empty();
        }
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
        return Optional.of(new Answer(process.exitValue(), text));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
