package io.physiowave.benchmarks.gateway;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of the gateway's threads, which share this process with devices, listeners and
 * broker. They are known by their names.
 */
final class GatewayThreads {
  private static final String NAMES =
      "JettyServerThreadPool.*|physiowave-gateway-.*|kafka-producer-network-thread . physiowave-gateway.*";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> byThread = new HashMap<>();

  /** Nanoseconds so far; of threads that have ended, what was seen of them before. */
  long nanos() {
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().matches(NAMES)) {
        long nanos = threads.getThreadCpuTime(thread.getThreadId());
        byThread.merge(thread.getThreadId(), nanos, Math::max);
      }
    }
    return byThread.values().stream().mapToLong(Long::longValue).sum();
  }
}
