package io.physiowave.benchmarks.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is told.
 *
 * @param duration for which devices send
 * @param ecgStreams patients
 * @param emgStreams arms
 * @param seed of their signals
 * @param models ONNX files of the job, one for each kind of device
 * @param directory of the cluster
 */
record ChaosOptions(
    Duration duration,
    int ecgStreams,
    int emgStreams,
    long seed,
    List<Path> models,
    Path directory) {
  private static final Duration LEAST = Duration.ofSeconds(30);

  /** The broker keeps records for half an hour, and all of them are read at the end. */
  private static final Duration MOST = Duration.ofMinutes(20);

  ChaosOptions {
    if (duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "--minutes is " + duration.toSeconds() / 60.0 + "; expected 0.5 to 20");
    }
    models = List.copyOf(models);
  }
}
