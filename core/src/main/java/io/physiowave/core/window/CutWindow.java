package io.physiowave.core.window;

import io.physiowave.core.quality.SignalQuality;
import java.util.Objects;

/**
 * A window as cut from a stream, ready for the model.
 *
 * @param startSample first sample, in samples of the stream; negative when a window around an early
 *     beat reaches before the session
 * @param endSample one past the last sample, in samples of the stream
 * @param beatSample the beat's own sample, or {@link SignalWindow#NO_BEAT}
 * @param input {@code float[inputRows * windowSamples]}, row after row, in the model's unit at the
 *     model's rate; handed over, not copied
 * @param quality verdict on the signal
 */
public record CutWindow(
    long startSample, long endSample, long beatSample, float[] input, SignalQuality quality) {

  public CutWindow {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(quality, "quality");
    if (endSample <= startSample) {
      throw new IllegalArgumentException(
          "window [" + startSample + ", " + endSample + ") is empty; expected end after start");
    }
  }
}
