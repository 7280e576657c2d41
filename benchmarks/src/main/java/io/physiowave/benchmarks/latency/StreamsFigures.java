package io.physiowave.benchmarks.latency;

import io.physiowave.benchmarks.platform.Medians;
import java.util.List;

/**
 * What a number of streams makes of the same total rate.
 *
 * @param streams devices
 * @param capacityWindowsPerSecond windows a second when all frames lie in Kafka beforehand
 * @param latencyMillis at the rate that all numbers of streams are given, with checkpoints
 * @param withoutCheckpoints the same while none is taken
 */
public record StreamsFigures(
    int streams,
    double capacityWindowsPerSecond,
    LatencyMillis latencyMillis,
    LatencyMillis withoutCheckpoints) {

  /** Several rounds of one number of streams in one: medians. */
  static StreamsFigures of(List<StreamsFigures> rounds) {
    return new StreamsFigures(
        rounds.get(0).streams(),
        Medians.of(rounds, StreamsFigures::capacityWindowsPerSecond),
        LatencyMillis.of(rounds.stream().map(StreamsFigures::latencyMillis).toList()),
        LatencyMillis.of(rounds.stream().map(StreamsFigures::withoutCheckpoints).toList()));
  }
}
