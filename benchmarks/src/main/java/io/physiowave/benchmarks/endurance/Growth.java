package io.physiowave.benchmarks.endurance;

import java.util.List;
import java.util.function.ToLongFunction;

/** How much more there is at the end than before: a leak rises on, a warm-up ends. */
final class Growth {
  private Growth() {}

  /**
   * Median of the last quarter of the samples less the median of the second quarter; the first is
   * taken for warming up.
   *
   * @param samples in the order of time, 4 or more
   */
  static long of(List<MemorySample> samples, ToLongFunction<MemorySample> quantity) {
    int quarter = samples.size() / 4;
    if (quarter < 1) {
      throw new IllegalArgumentException(
          samples.size() + " samples show no growth; expected 4 or more");
    }
    return median(samples.subList(samples.size() - quarter, samples.size()), quantity)
        - median(samples.subList(quarter, 2 * quarter), quantity);
  }

  private static long median(List<MemorySample> samples, ToLongFunction<MemorySample> quantity) {
    long[] sorted = samples.stream().mapToLong(quantity).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
