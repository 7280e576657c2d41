package io.physiowave.cluster.flink;

import java.util.List;

/** Finds in a stack trace that Flink hands out what a person needs to know. */
final class RootCause {
  private static final String CAUSE = "Caused by: ";

  private RootCause() {}

  /** The innermost cause, on one line, its class without the package. */
  static String of(String trace) {
    List<String> lines = trace.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "no reason given";
    }
    return lines.stream()
        .filter(line -> line.startsWith(CAUSE))
        .reduce((outer, inner) -> inner)
        .map(line -> line.substring(CAUSE.length()))
        .orElse(
            lines.stream().filter(line -> !line.startsWith("<")).findFirst().orElse(lines.get(0)))
        .replaceFirst("^(?:[a-z0-9_]+\\.)+", "");
  }
}
