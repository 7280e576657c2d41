package io.physiowave.benchmarks.gateway;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Percentiles of a time, milliseconds.
 *
 * @param p50 half of all took no longer
 * @param p95 19 of 20
 * @param p99 99 of 100
 * @param max all
 * @param count how many were measured
 */
public record Millis(double p50, double p95, double p99, double max, long count) {
  private static final double MICROS = TimeUnit.MILLISECONDS.toMicros(1);

  /** Of microseconds. */
  static Millis of(Histogram micros) {
    return new Millis(
        micros.getValueAtPercentile(50) / MICROS,
        micros.getValueAtPercentile(95) / MICROS,
        micros.getValueAtPercentile(99) / MICROS,
        micros.getMaxValue() / MICROS,
        micros.getTotalCount());
  }
}
