package io.physiowave.benchmarks.latency;

import org.HdrHistogram.Histogram;

/**
 * Percentiles of a latency, milliseconds.
 *
 * @param p50 half of the labels came within it
 * @param p95 19 of 20
 * @param p99 99 of 100
 * @param max all
 * @param count labels measured
 */
public record LatencyMillis(long p50, long p95, long p99, long max, long count) {

  static LatencyMillis of(Histogram histogram) {
    return new LatencyMillis(
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(95),
        histogram.getValueAtPercentile(99),
        histogram.getMaxValue(),
        histogram.getTotalCount());
  }
}
