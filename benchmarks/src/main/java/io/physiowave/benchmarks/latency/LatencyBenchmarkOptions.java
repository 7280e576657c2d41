package io.physiowave.benchmarks.latency;

import io.physiowave.benchmarks.platform.JobSetup;
import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param setup the job
 * @param load share of the capacity that is offered, in (0, 1)
 * @param streams devices
 * @param otherStreams further numbers of devices, at the same total rate
 * @param sampleRateHz their rate, Hz, or 0 for the model's own
 * @param frameMillis signal in one frame, milliseconds
 * @param warmUpRuns most runs before the first measurement, 1 or more
 * @param rounds in which all numbers of streams take turns; medians are reported
 * @param duration of one measurement
 * @param checkpointInterval between checkpoints, where they are taken
 */
public record LatencyBenchmarkOptions(
    JobSetup setup,
    double load,
    int streams,
    List<Integer> otherStreams,
    double sampleRateHz,
    double frameMillis,
    int warmUpRuns,
    int rounds,
    Duration duration,
    Duration checkpointInterval) {
  private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(3);

  /**
   * What of a measurement does not count: until its first checkpoint is through, since streams that
   * have just begun are copied by each collection of garbage.
   */
  Duration warmUp() {
    Duration behindCheckpoint = checkpointInterval.plusSeconds(1);
    return behindCheckpoint.compareTo(SHORTEST_WARM_UP) > 0 ? behindCheckpoint : SHORTEST_WARM_UP;
  }
}
