package io.physiowave.dashboard.server;

import java.util.Arrays;

/** Percentiles of the latest few hundred latencies. Not safe for use by several threads. */
final class LatencyWindow {
  private static final int CAPACITY = 256;

  private final double[] millis = new double[CAPACITY];
  private long count;

  void add(double latencyMillis) {
    millis[(int) (count % CAPACITY)] = latencyMillis;
    count++;
  }

  /**
   * The value below which a share of the latest latencies lies.
   *
   * @param share in [0, 1]
   * @return milliseconds, or null before the first
   */
  Double percentile(double share) {
    int size = (int) Math.min(count, CAPACITY);
    if (size == 0) {
      return null;
    }
    double[] sorted = Arrays.copyOf(millis, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (size - 1))];
  }
}
