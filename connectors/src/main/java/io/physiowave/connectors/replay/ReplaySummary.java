package io.physiowave.connectors.replay;

import java.time.Duration;

/**
 * What was played.
 *
 * @param frames frames sent
 * @param samples samples sent per channel
 * @param signalDuration time that these samples span
 * @param wallDuration time that it took
 * @param largestLag how late the latest frame was handed over, because the sink or this machine was
 *     too slow; zero at unlimited speed
 * @param cancelled whether it was stopped before the end
 */
public record ReplaySummary(
    long frames,
    long samples,
    Duration signalDuration,
    Duration wallDuration,
    Duration largestLag,
    boolean cancelled) {}
