package io.physiowave.cluster.process;

import java.util.Optional;

/**
 * Who runs: what is written down of a process, so that a later command finds it again.
 *
 * @param name of the process
 * @param pid its process id
 * @param startMillis when the system says it started, milliseconds since the epoch; ids are used
 *     again, so the id alone names nobody
 */
record ProcessRecord(String name, long pid, long startMillis) {
  /** The system's clock may be set between two looks; ids are not used again that fast. */
  private static final long TOLERANCE_MILLIS = 2_000;

  /** The process, if it is this very one and lives. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> Math.abs(startMillis(handle) - startMillis) <= TOLERANCE_MILLIS);
  }

  /** When a process started; 0 where the system does not say. */
  static long startMillis(ProcessHandle handle) {
    return handle.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
  }
}
