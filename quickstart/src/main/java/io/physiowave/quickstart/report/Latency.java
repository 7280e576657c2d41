package io.physiowave.quickstart.report;

import org.HdrHistogram.Histogram;

/**
 * From the arrival in Kafka of the frame that completed a window to the arrival of its label, in
 * milliseconds; all 0 without labels.
 *
 * @param p50 median
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param max largest
 */
public record Latency(double p50, double p95, double p99, double max) {

  static Latency of(Histogram micros) {
    return new Latency(
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(95) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getMaxValue() / 1000.0);
  }
}
