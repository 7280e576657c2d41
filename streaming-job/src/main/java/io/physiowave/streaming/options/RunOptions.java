package io.physiowave.streaming.options;

import java.time.Duration;

/**
 * Where and how wide the job runs.
 *
 * @param parallelism subtasks of each station, 1 to 32768
 * @param bufferTimeout how long a record waits in a network buffer, 0 to 10 seconds
 * @param local whether to run in this process
 */
public record RunOptions(int parallelism, Duration bufferTimeout, boolean local) {
  public RunOptions {
    new Problems()
        .require(
            parallelism >= 1 && parallelism <= 32_768,
            "run.parallelism is %d; expected 1 to 32768",
            parallelism)
        .require(
            !bufferTimeout.isNegative() && bufferTimeout.toMillis() <= 10_000,
            "run.buffer-timeout is %d ms; expected 0ms to 10s",
            bufferTimeout.toMillis())
        .throwIfAny();
  }
}
