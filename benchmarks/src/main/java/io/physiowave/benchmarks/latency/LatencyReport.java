package io.physiowave.benchmarks.latency;

import io.physiowave.benchmarks.platform.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bench latency} reports. A latency runs from the broker's append time of the frame
 * with the window's last sample to the broker's append time of its label.
 *
 * @param machine where
 * @param model name and version
 * @param parallelism subtasks of each station
 * @param stateBackend Flink's
 * @param streams devices
 * @param rounds of which figures are medians
 * @param load share of the capacity that is offered
 * @param capacityWindowsPerSecond windows a second when all frames lie in Kafka beforehand
 * @param offeredWindowsPerSecond load times the capacity that was measured before the first round
 * @param checkpointMillis time between checkpoints where they are taken
 * @param latencyMillis with and without checkpoints
 * @param byStreams the same rate from other numbers of streams
 * @param p99Spread largest p99 over smallest, of all numbers of streams, with checkpoints
 * @param p99SpreadWithoutCheckpoints the same while none is taken
 * @param capacitySpread largest capacity over smallest, of all numbers of streams
 */
public record LatencyReport(
    Machine machine,
    String model,
    int parallelism,
    String stateBackend,
    int streams,
    int rounds,
    double load,
    double capacityWindowsPerSecond,
    double offeredWindowsPerSecond,
    long checkpointMillis,
    Checkpointed latencyMillis,
    List<StreamsFigures> byStreams,
    double p99Spread,
    double p99SpreadWithoutCheckpoints,
    double capacitySpread) {

  /** All numbers of streams, the one asked for first. */
  public List<StreamsFigures> allStreams() {
    List<StreamsFigures> all = new ArrayList<>();
    all.add(
        new StreamsFigures(
            streams,
            capacityWindowsPerSecond,
            latencyMillis.withCheckpoints(),
            latencyMillis.withoutCheckpoints()));
    all.addAll(byStreams);
    return all;
  }

  /**
   * A latency twice.
   *
   * @param withCheckpoints while checkpoints are taken
   * @param withoutCheckpoints while none is
   */
  public record Checkpointed(LatencyMillis withCheckpoints, LatencyMillis withoutCheckpoints) {}
}
