package io.physiowave.cluster.process;

import java.util.Optional;

/**
 * Who runs: what is written down of a process, so that a later command finds it again.
 *
 * @param name of the process
 * @param pid its process id
 * @param startMillis when the system says it started, milliseconds since the epoch; ids are used
 *     again, so the id alone names nobody
 * @param startTicks the same by a clock that nobody sets, see {@link StartTicks}; empty where the
 *     system does not say, null in a record of before it was written down
 */
record ProcessRecord(String name, long pid, long startMillis, String startTicks) {
  /** The system's clock may be set between two looks; ids are not used again that fast. */
  private static final long TOLERANCE_MILLIS = 2_000;

  /** What there is to know of a process that runs. */
  static ProcessRecord of(String name, ProcessHandle handle) {
    return new ProcessRecord(name, handle.pid(), startMillis(handle), StartTicks.of(handle.pid()));
  }

  /** The process, if it is this very one and lives. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedAsThis);
  }

  private boolean startedAsThis(ProcessHandle handle) {
    if (startTicks != null && !startTicks.isEmpty()) {
      return startTicks.equals(StartTicks.of(pid));
    }
    return Math.abs(startMillis(handle) - startMillis) <= TOLERANCE_MILLIS;
  }

  /** When a process started; 0 where the system does not say. */
  static long startMillis(ProcessHandle handle) {
    return handle.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
  }
}
