package io.physiowave.cluster.flink;

import org.apache.flink.configuration.MemorySize;

/**
 * What a TaskManager is given. Started without Flink's scripts it has to be told all of it.
 *
 * @param slots parallel instances that it runs, 1 to 64
 * @param heap of the job's tasks; Flink's own comes on top
 */
public record TaskManagerSize(int slots, MemorySize heap) {
  /** Enough for a thousand streams. */
  public static final MemorySize DEFAULT_HEAP = MemorySize.ofMebiBytes(384);

  static final MemorySize FRAMEWORK_HEAP = MemorySize.ofMebiBytes(128);
  static final MemorySize FRAMEWORK_OFF_HEAP = MemorySize.ofMebiBytes(128);
  static final MemorySize TASK_OFF_HEAP = MemorySize.ofMebiBytes(128);
  static final MemorySize NETWORK = MemorySize.ofMebiBytes(64);
  static final MemorySize METASPACE = MemorySize.ofMebiBytes(256);
  static final MemorySize OVERHEAD = MemorySize.ofMebiBytes(192);

  private static final int MOST_SLOTS = 64;
  private static final MemorySize LEAST_HEAP = MemorySize.ofMebiBytes(64);

  public TaskManagerSize {
    if (slots < 1 || slots > MOST_SLOTS) {
      throw new IllegalArgumentException("--slots is " + slots + "; expected 1 to " + MOST_SLOTS);
    }
    if (heap.compareTo(LEAST_HEAP) < 0) {
      throw new IllegalArgumentException(
          "--taskmanager-heap is "
              + heap.toHumanReadableString()
              + "; expected at least "
              + LEAST_HEAP.getMebiBytes()
              + "m");
    }
  }

  MemorySize jvmHeap() {
    return heap.add(FRAMEWORK_HEAP);
  }

  MemorySize jvmDirect() {
    return FRAMEWORK_OFF_HEAP.add(TASK_OFF_HEAP).add(NETWORK);
  }
}
