package io.physiowave.streaming.options;

import java.time.Duration;

/**
 * Where and how wide the job runs.
 *
 * @param parallelism subtasks of each station, 1 to maximumParallelism
 * @param maximumParallelism fixed for a job's life: a savepoint restores up to it, 1 to 32768
 * @param bufferTimeout how long a record waits in a network buffer, 0 to 10 seconds
 * @param local whether to run in this process
 */
public record RunOptions(
    int parallelism, int maximumParallelism, Duration bufferTimeout, boolean local) {
  public RunOptions {
    new Problems()
        .require(
            maximumParallelism >= 1 && maximumParallelism <= 32_768,
            "run.max-parallelism is %d; expected 1 to 32768",
            maximumParallelism)
        .require(
            parallelism >= 1 && parallelism <= maximumParallelism,
            "run.parallelism is %d; expected 1 to run.max-parallelism, %d",
            parallelism,
            maximumParallelism)
        .require(
            !bufferTimeout.isNegative() && bufferTimeout.toMillis() <= 10_000,
            "run.buffer-timeout is %d ms; expected 0ms to 10s",
            bufferTimeout.toMillis())
        .throwIfAny();
  }
}
