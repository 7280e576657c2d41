package io.physiowave.core.label;

/**
 * When a window passed each station, microseconds since the epoch; 0 where unknown.
 *
 * @param lastSampleArrivalMicros Kafka's append time of the frame that completed the window
 * @param assembledMicros the window was cut
 * @param inferredMicros the model had answered
 * @param emittedMicros the label left the job
 */
public record LabelTiming(
    long lastSampleArrivalMicros, long assembledMicros, long inferredMicros, long emittedMicros) {}
