package io.physiowave.core.calibration;

import io.physiowave.core.frame.SignalFrame;

/**
 * How strong each channel of a window is: {@code ln(sqrt(mean over time of x^2) + f)} with a floor
 * f of one microvolt, below which lies noise. Logarithmic amplitudes are the classical features of
 * gestures (Phinyomark et al. 2012).
 */
public final class ChannelStrengths {
  private final int channels;
  private final double floor;

  /**
   * For windows of a model.
   *
   * @param channels rows of a window, 1 or more
   * @param unit of the windows: V, mV or uV
   */
  public ChannelStrengths(int channels, String unit) {
    this.channels = channels;
    floor = SignalFrame.unitFactor("uV", unit);
  }

  /**
   * The strengths of a window's channels.
   *
   * @param window {@code float[channels * samples]}, row after row
   * @param strengths {@code float[channels]}, written
   */
  public void of(float[] window, float[] strengths) {
    int samples = window.length / channels;
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      for (int i = channel * samples; i < (channel + 1) * samples; i++) {
        sum += (double) window[i] * window[i];
      }
      strengths[channel] = (float) Math.log(Math.sqrt(sum / samples) + floor);
    }
  }
}
