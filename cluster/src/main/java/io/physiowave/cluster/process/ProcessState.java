package io.physiowave.cluster.process;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a process stands.
 *
 * @param name of the process
 * @param condition whether it runs
 * @param pid its id; 0 when it never ran
 * @param startMillis when it started, milliseconds since the epoch; 0 when it never ran
 * @param residentBytes memory that it holds, native included; 0 where that is unknown
 * @param exitReason how it ended; empty while it runs
 * @param logTail its last words; empty while it runs
 */
public record ProcessState(
    String name,
    Condition condition,
    long pid,
    long startMillis,
    long residentBytes,
    String exitReason,
    List<String> logTail) {

  /** Whether a process runs. */
  public enum Condition {
    /** It runs. */
    UP,
    /** It ended by itself, or somebody killed it. */
    CRASHED,
    /** It was not started, or was ended in order. */
    DOWN
  }

  /** Lines before the causes. */
  private static final int SAID = 2;

  public ProcessState {
    logTail = List.copyOf(logTail);
  }

  /** Whether it runs. */
  public boolean isUp() {
    return condition == Condition.UP;
  }

  /** Its last words in short: what it said, and the innermost cause, which tells most. */
  public String lastWords() {
    Stream<String> cause =
        logTail.stream()
            .skip(SAID)
            .filter(line -> line.startsWith("Caused by"))
            .reduce((outer, inner) -> inner)
            .stream();
    return Stream.concat(logTail.stream().limit(SAID), cause).collect(Collectors.joining("; "));
  }
}
