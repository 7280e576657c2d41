package io.physiowave.benchmarks.platform;

/**
 * How fast something went, and what it cost.
 *
 * @param perSecond items a second of wall-clock time
 * @param processorMicros processor time of this process an item, microseconds
 */
public record Rate(double perSecond, double processorMicros) {

  /** What a number of items took. */
  public static Rate of(long items, long wallNanos, long processorNanos) {
    return new Rate(items * 1e9 / wallNanos, processorNanos / 1e3 / items);
  }
}
