package io.physiowave.streaming.options;

import java.io.Serializable;
import java.time.Duration;

/**
 * How frames become windows.
 *
 * @param reorderWait how long frames ahead of a missing one wait for it, 0 to 1 minute
 * @param reorderFrames most frames of a stream that wait, 1 to 1000; of long ones fewer
 * @param maximumLateness frames further back are rejected as a restarted count, more than 0
 * @param idleTimeout a stream silent for longer is forgotten; longer than reorderWait
 * @param rejectDuplicates whether frames that bring nothing new are rejected, not just counted
 * @param floodRate seconds of signal a second that a stream may send for long, 1 or more, or 0 for
 *     any
 * @param floodBurst signal that a stream may send above that at once, more than 0
 * @param cachedStreams streams a subtask keeps ready where the state backend serialises, 1 or more
 * @param maximumStreams most streams that a subtask remembers, 1 or more
 */
public record AssembleOptions(
    Duration reorderWait,
    int reorderFrames,
    Duration maximumLateness,
    Duration idleTimeout,
    boolean rejectDuplicates,
    double floodRate,
    Duration floodBurst,
    int cachedStreams,
    int maximumStreams)
    implements Serializable {

  public AssembleOptions {
    new Problems()
        .require(
            !reorderWait.isNegative() && reorderWait.toMillis() <= 60_000,
            "assemble.reorder-wait is %d ms; expected 0ms to 1min",
            reorderWait.toMillis())
        .require(
            reorderFrames >= 1 && reorderFrames <= 1_000,
            "assemble.reorder-frames is %d; expected 1 to 1000",
            reorderFrames)
        .require(
            maximumLateness.toMillis() > 0 && maximumLateness.toHours() < 24,
            "assemble.maximum-lateness is %d ms; expected more than 0ms and less than 24h",
            maximumLateness.toMillis())
        .require(
            idleTimeout.compareTo(reorderWait) > 0,
            "assemble.idle-timeout is %d ms; expected more than assemble.reorder-wait, %d ms",
            idleTimeout.toMillis(),
            reorderWait.toMillis())
        .require(
            floodRate == 0 || (floodRate >= 1 && floodRate <= 1e9),
            "assemble.flood-rate is %s; expected 0 for no limit, or 1 to 1e9",
            floodRate)
        .require(
            floodBurst.toMillis() > 0,
            "assemble.flood-burst is %d ms; expected more than 0ms",
            floodBurst.toMillis())
        .require(
            cachedStreams >= 1 && cachedStreams <= 1_000_000,
            "assemble.cached-streams is %d; expected 1 to 1000000",
            cachedStreams)
        .require(
            maximumStreams >= 1, "assemble.max-streams is %d; expected 1 or more", maximumStreams)
        .throwIfAny();
  }
}
