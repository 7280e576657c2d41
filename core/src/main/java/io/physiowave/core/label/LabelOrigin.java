package io.physiowave.core.label;

import io.physiowave.core.frame.Modality;
import java.util.Objects;

/**
 * Whose label it is and how its samples are dated: what must be kept of a stream's latest label to
 * say later what it was part of.
 *
 * @param streamId the stream
 * @param sessionId the session
 * @param modality kind of signal
 * @param model the model that answered
 * @param sampleRateHz the stream's rate, to which sample positions refer
 * @param sample a sample whose time is known
 * @param micros its time, microseconds since the epoch
 */
public record LabelOrigin(
    String streamId,
    String sessionId,
    Modality modality,
    ModelReference model,
    double sampleRateHz,
    long sample,
    long micros) {
  public LabelOrigin {
    Objects.requireNonNull(streamId, "streamId");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(model, "model");
  }

  /** Of a label; its window's first sample is the one whose time is known. */
  public static LabelOrigin of(LabelEvent label) {
    return new LabelOrigin(
        label.streamId(),
        label.sessionId(),
        label.modality(),
        label.model(),
        label.sampleRateHz(),
        label.windowStartSample(),
        label.windowStartMicros());
  }

  /** Whether a label is of the same stream, session and model, whatever its time. */
  public boolean isOf(LabelEvent label) {
    return streamId.equals(label.streamId())
        && sessionId.equals(label.sessionId())
        && modality == label.modality()
        && model.equals(label.model())
        && Double.compare(sampleRateHz, label.sampleRateHz()) == 0;
  }

  /** The same, dated by another sample of the session and its time. */
  public LabelOrigin dated(long otherSample, long otherMicros) {
    return new LabelOrigin(
        streamId, sessionId, modality, model, sampleRateHz, otherSample, otherMicros);
  }

  /** Time of another sample of the session, microseconds since the epoch. */
  public long microsAt(long other) {
    return micros + Math.round((other - sample) * 1e6 / sampleRateHz);
  }
}
