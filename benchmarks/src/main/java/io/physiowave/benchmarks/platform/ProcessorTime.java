package io.physiowave.benchmarks.platform;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this process, all of its threads together. */
public final class ProcessorTime {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ProcessorTime() {}

  /** Nanoseconds so far. */
  public static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
