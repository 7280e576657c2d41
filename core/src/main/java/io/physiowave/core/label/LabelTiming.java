package io.physiowave.core.label;

import java.util.Objects;

/**
 * When a window passed each station, microseconds since the epoch; 0 where unknown.
 *
 * @param lastSampleArrivalMicros Kafka's append time of the frame that completed the window
 * @param assembledMicros the window was cut
 * @param inferredMicros the model had answered
 * @param emittedMicros the label left the job
 * @param traceparent W3C trace context in which the label was made; empty when it was not traced
 */
public record LabelTiming(
    long lastSampleArrivalMicros,
    long assembledMicros,
    long inferredMicros,
    long emittedMicros,
    String traceparent) {

  public LabelTiming {
    Objects.requireNonNull(traceparent, "traceparent");
  }

  /** Of a label that was not traced. */
  public LabelTiming(
      long lastSampleArrivalMicros, long assembledMicros, long inferredMicros, long emittedMicros) {
    this(lastSampleArrivalMicros, assembledMicros, inferredMicros, emittedMicros, "");
  }
}
