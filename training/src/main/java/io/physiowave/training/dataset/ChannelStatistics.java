package io.physiowave.training.dataset;

import java.io.IOException;

/**
 * Mean and deviation of each signal channel over many windows.
 *
 * @param mean one value per channel, in the data's unit
 * @param deviation one value per channel, in the data's unit, 0 for a constant channel
 */
public record ChannelStatistics(double[] mean, double[] deviation) {
  private static final int ENOUGH_WINDOWS = 20_000;

  /** Reads the windows, or evenly spread ones when there are more than 20000. */
  public static ChannelStatistics of(WindowSet windows, WindowLayout layout) throws IOException {
    int channels = layout.signalRows();
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    float[] stored = new float[layout.storedLength()];
    int step = Math.max(1, windows.size() / ENOUGH_WINDOWS);
    long count = 0;
    for (int window = 0; window < windows.size(); window += step) {
      windows.read(window, stored);
      for (int channel = 0; channel < channels; channel++) {
        int from = channel * layout.storedSamples() + layout.marginSamples();
        for (int t = from; t < from + layout.windowSamples(); t++) {
          sum[channel] += stored[t];
          squares[channel] += (double) stored[t] * stored[t];
        }
      }
      count += layout.windowSamples();
    }
    double[] deviation = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      sum[channel] /= (double) count;
      double variance = squares[channel] / (double) count - sum[channel] * sum[channel];
      deviation[channel] = Math.sqrt(Math.max(0, variance));
    }
    return new ChannelStatistics(sum, deviation);
  }
}
