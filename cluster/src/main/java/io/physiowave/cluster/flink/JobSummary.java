package io.physiowave.cluster.flink;

import java.util.Set;

/**
 * A job as Flink lists it.
 *
 * @param id 32 hexadecimal digits
 * @param name for people
 * @param state Flink's word, e.g. {@code RUNNING}
 * @param startMillis when it was submitted, milliseconds since the epoch
 * @param tasks parallel instances of all its operators
 * @param running those that run
 */
public record JobSummary(
    String id, String name, String state, long startMillis, int tasks, int running) {
  private static final Set<String> OVER = Set.of("FINISHED", "CANCELED", "FAILED");

  /** Whether it has ended for good. */
  public boolean isOver() {
    return OVER.contains(state);
  }

  /** Whether all of it runs. */
  public boolean isRunning() {
    return state.equals("RUNNING") && tasks > 0 && running == tasks;
  }
}
