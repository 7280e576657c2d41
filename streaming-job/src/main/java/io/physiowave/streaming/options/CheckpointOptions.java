package io.physiowave.streaming.options;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How state is saved.
 *
 * @param interval time between checkpoints, 10 ms to 1 day
 * @param directory URI of a Flink file system; absent leaves it to the cluster
 */
public record CheckpointOptions(Duration interval, Optional<String> directory) {
  public CheckpointOptions {
    Objects.requireNonNull(directory, "directory");
    new Problems()
        .require(
            interval.toMillis() >= 10 && interval.compareTo(Duration.ofDays(1)) <= 0,
            "checkpoint.interval is %d ms; expected 10ms to 24h",
            interval.toMillis())
        .throwIfAny();
  }
}
