package io.physiowave.streaming.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * libtorch, which only training uses. This module never loads it: the training module, when it is
 * built, is asked in a process of its own.
 */
final class Libtorch {
  static final String PROBE = "io.physiowave.training.command.LibtorchProbe";

  private static final String NAME = "libtorch";

  /** A cold start unpacks some hundred megabytes of native libraries. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Libtorch() {}

  /**
   * @param home the repository's folder
   * @param load whether to load it, which takes some seconds
   */
  static Finding examine(Path home, boolean load) {
    Path launcher = home.resolve("target").resolve("launcher");
    String profiles = System.getenv().getOrDefault("PHYSIOWAVE_PROFILES", "");
    Path classPath =
        launcher.resolve("training" + (profiles.isEmpty() ? "" : "-" + profiles) + ".args");
    boolean built = Files.isRegularFile(classPath);
    if (!load) {
      return Finding.ok(
          NAME,
          built ? "built, not loaded (doctor --training does)" : "not built, only for training");
    }
    if (!built) {
      return Finding.warn(
          NAME,
          "the training module is not built",
          "Build it with './physiowave finetune --help', then ask again.");
    }
    return judge(
        OutsideProgram.ask(
            PATIENCE,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "@" + classPath,
                PROBE)));
  }

  /**
   * @param answer what the probe said: a line for people and exit code 0, or the failure
   */
  static Finding judge(Optional<OutsideProgram.Answer> answer) {
    if (answer.isEmpty()) {
      return Finding.warn(
          NAME, "did not answer within " + PATIENCE.toMinutes() + " minutes", "Try again.");
    }
    String said = answer.get().text();
    if (answer.get().exitCode() != 0) {
      return Finding.warn(
          NAME,
          "does not load: " + said.lines().reduce((first, last) -> last).orElse("no message"),
          "With the profile gpu it needs CUDA 13, cuDNN 9 and NCCL; without it, a glibc of 2.28 or"
              + " later (docs/gpu.md).");
    }
    return Finding.ok(NAME, said.lines().reduce((first, last) -> last).orElse("loads"));
  }
}
