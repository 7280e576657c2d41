package io.physiowave.benchmarks.latency;

import io.physiowave.benchmarks.platform.Medians;
import java.util.List;
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

  /** Several rounds in one: medians of the percentiles, the largest maximum, all labels. */
  static LatencyMillis of(List<LatencyMillis> rounds) {
    return new LatencyMillis(
        Math.round(Medians.of(rounds, LatencyMillis::p50)),
        Math.round(Medians.of(rounds, LatencyMillis::p95)),
        Math.round(Medians.of(rounds, LatencyMillis::p99)),
        rounds.stream().mapToLong(LatencyMillis::max).max().orElseThrow(),
        rounds.stream().mapToLong(LatencyMillis::count).sum());
  }
}
