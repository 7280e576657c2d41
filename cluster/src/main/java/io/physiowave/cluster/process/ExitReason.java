package io.physiowave.cluster.process;

import java.util.Map;

/** Words for the way a process ended. */
final class ExitReason {
  private static final int SIGNALLED = 128;
  private static final int OUT_OF_MEMORY = 3;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9,
          "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

  private ExitReason() {}

  /** E.g. {@code killed by SIGKILL}. */
  static String of(int exitCode) {
    if (exitCode > SIGNALLED && SIGNALS.containsKey(exitCode - SIGNALLED)) {
      return "killed by " + SIGNALS.get(exitCode - SIGNALLED);
    }
    // Every process runs with -XX:+ExitOnOutOfMemoryError.
    return exitCode == OUT_OF_MEMORY ? "exit code 3: out of memory" : "exit code " + exitCode;
  }
}
