package io.physiowave.streaming.model;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import java.util.List;

/**
 * What must not change within a session.
 *
 * @param modality kind of signal
 * @param sampleRateHz rate, Hz
 * @param channels channel names in order
 * @param unit V, mV or uV
 */
public record FrameLayout(
    Modality modality, double sampleRateHz, List<String> channels, String unit) {
  public FrameLayout {
    channels = List.copyOf(channels);
  }

  /** The layout of a frame. */
  public static FrameLayout of(SignalFrame frame) {
    return new FrameLayout(frame.modality(), frame.sampleRateHz(), frame.channels(), frame.unit());
  }

  /** Whether a frame has this layout. */
  public boolean isOf(SignalFrame frame) {
    return modality == frame.modality()
        && sampleRateHz == frame.sampleRateHz()
        && unit.equals(frame.unit())
        && channels.equals(frame.channels());
  }

  /** For people: every part of it. */
  public String describe() {
    return modality + " " + channels + " in " + unit + " at " + sampleRateHz + " Hz";
  }
}
