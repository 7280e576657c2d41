package io.physiowave.streaming.options;

/** Where a job that restores no checkpoint begins to read. */
public enum StartingOffsets {
  /** Where the consumer group stopped; the beginning when it never ran. */
  COMMITTED,
  /** The oldest frame that Kafka still has. */
  EARLIEST,
  /** The next frame to arrive. */
  LATEST
}
