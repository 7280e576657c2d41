package io.physiowave.benchmarks.load;

import io.physiowave.connectors.simulate.EcgSimulatorOptions;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.Windowing;

/**
 * How much is sent, and in which pieces.
 *
 * @param streams devices, 1 or more
 * @param windowsPerStream windows that each sends about, 1 or more
 * @param sampleRateHz rate of the devices, Hz
 * @param frameMillis signal in one frame, milliseconds, 1 or more
 */
public record LoadShape(
    int streams, int windowsPerStream, double sampleRateHz, double frameMillis) {

  /** Beats of the simulated heart come about this often, seconds. */
  private static final double BEAT_SECONDS = 0.85;

  public LoadShape {
    if (streams < 1 || windowsPerStream < 1) {
      throw new IllegalArgumentException(
          "a load of "
              + streams
              + " streams with "
              + windowsPerStream
              + " windows each; expected 1 or more of both");
    }
    if (!(sampleRateHz * frameMillis >= 1000)) {
      throw new IllegalArgumentException(
          "a frame of "
              + frameMillis
              + " ms at "
              + sampleRateHz
              + " Hz holds no sample; expected at least one");
    }
  }

  /**
   * Rate of the devices: the one asked for, or the model's, or where no heart is simulated as
   * slowly as that, the least of its multiples at which one is.
   *
   * @param askedHz 0 for none
   */
  public static double sampleRateHz(ModelCard card, double askedHz) {
    double own = card.sampleRateHz();
    return askedHz > 0 ? askedHz : own * Math.ceil(EcgSimulatorOptions.LOWEST_RATE_HZ / own);
  }

  /** Samples a channel in one frame. */
  public int frameSamples() {
    return (int) Math.round(sampleRateHz * frameMillis / 1000);
  }

  /** Frames between one window of a stream and its next, about. */
  public double framesPerWindow(ModelCard card) {
    double samples =
        card.windowing() instanceof Windowing.Sliding sliding
            ? sliding.hopSamples() * sampleRateHz / card.sampleRateHz()
            : BEAT_SECONDS * sampleRateHz;
    return samples / frameSamples();
  }

  /** Samples a channel of one stream, so that its last window is whole. */
  int streamSamples(ModelCard card) {
    double scale = sampleRateHz / card.sampleRateHz();
    double samples =
        card.windowing() instanceof Windowing.Sliding sliding
            ? sliding.windowSamples() + (windowsPerStream - 1.0) * sliding.hopSamples()
            : windowsPerStream * BEAT_SECONDS * card.sampleRateHz();
    int frames = (int) Math.ceil(samples * scale / frameSamples());
    return frames * frameSamples();
  }
}
