package io.physiowave.quickstart.command;

import java.util.List;

/** Finds in the stack trace that Flink keeps of a failed job what a person needs to know. */
final class JobFailure {
  private static final String CAUSE = "Caused by: ";

  private JobFailure() {}

  /** The message of the innermost cause, on one line, with its class in front. */
  static String rootCause(String trace) {
    List<String> lines = trace.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "it ended without saying why";
    }
    return lines.stream()
        .filter(line -> line.startsWith(CAUSE))
        .reduce((outer, inner) -> inner)
        .map(line -> line.substring(CAUSE.length()))
        .orElse(lines.get(0))
        .replaceFirst("^(?:[a-z0-9_]+\\.)+", "");
  }
}
