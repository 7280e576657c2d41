package io.physiowave.streaming.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and connections a process may hold open. */
final class OpenFiles {
  private static final String NAME = "open files";

  /** Kafka keeps three files a partition open and Flink its connections. */
  private static final long COMFORTABLE = 4096;

  private OpenFiles() {}

  static Finding examine() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? judge(system.getMaxFileDescriptorCount())
        : Finding.ok(NAME, "no limit to ask for on this system");
  }

  static Finding judge(long most) {
    String found = "at most " + most;
    return most < COMFORTABLE
        ? Finding.warn(NAME, found, "Raise it for a cluster: ulimit -n 65536.")
        : Finding.ok(NAME, found);
  }
}
