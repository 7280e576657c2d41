package io.physiowave.core.window;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.SignalQuality;
import java.util.Objects;

/**
 * A window ready for the model, still dated and placed in its stream.
 *
 * @param streamId the stream
 * @param sessionId the session
 * @param modality kind of signal
 * @param sampleRateHz the stream's rate, to which the sample positions refer
 * @param startSample first sample, in samples of the stream; may be negative for a beat at the very
 *     start of a session
 * @param endSample one past the last sample
 * @param startMicros time of the first sample, microseconds since the epoch
 * @param endMicros time of the end, microseconds since the epoch
 * @param beatSample the beat's own sample, or {@link #NO_BEAT}
 * @param input {@code float[inputRows * windowSamples]}, row after row, in the card's unit at the
 *     model's rate; handed over, not copied
 * @param quality verdict on the signal
 * @param arrivalMicros Kafka's append time of the frame that completed the window
 * @param assembledMicros when the window was cut
 * @param traceparent W3C trace context of the frame that completed the window; empty when it is not
 *     traced
 */
public record SignalWindow(
    String streamId,
    String sessionId,
    Modality modality,
    double sampleRateHz,
    long startSample,
    long endSample,
    long startMicros,
    long endMicros,
    long beatSample,
    float[] input,
    SignalQuality quality,
    long arrivalMicros,
    long assembledMicros,
    String traceparent) {

  /** Marks a window that is not about a beat. */
  public static final long NO_BEAT = -1;

  public SignalWindow {
    Objects.requireNonNull(streamId, "streamId");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(traceparent, "traceparent");
    if (endSample <= startSample) {
      throw new IllegalArgumentException(
          "window [" + startSample + ", " + endSample + ") of " + streamId + " is empty");
    }
  }

  /** A window that is not traced. */
  public SignalWindow(
      String streamId,
      String sessionId,
      Modality modality,
      double sampleRateHz,
      long startSample,
      long endSample,
      long startMicros,
      long endMicros,
      long beatSample,
      float[] input,
      SignalQuality quality,
      long arrivalMicros,
      long assembledMicros) {
    this(
        streamId,
        sessionId,
        modality,
        sampleRateHz,
        startSample,
        endSample,
        startMicros,
        endMicros,
        beatSample,
        input,
        quality,
        arrivalMicros,
        assembledMicros,
        "");
  }

  /** Whether the window is about one beat. */
  public boolean isBeat() {
    return beatSample != NO_BEAT;
  }
}
