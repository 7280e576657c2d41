package io.physiowave.training.command;

import io.physiowave.training.dataset.AugmentationOptions;
import picocli.CommandLine.Option;

/** The flags that vary training windows; all are off unless given. */
final class AugmentOptions {
  @Option(
      names = "--augment_shift",
      defaultValue = "0",
      description = "Largest shift in time, samples; real samples up to the stored margin.")
  private int shift;

  @Option(
      names = "--augment_stretch",
      defaultValue = "0",
      description = "Largest change of the time scale, 0 to below 1.")
  private double stretch;

  @Option(
      names = "--augment_amplitude",
      defaultValue = "0",
      description = "Deviation of the logarithm of a factor on each channel.")
  private double amplitude;

  @Option(
      names = "--augment_gain",
      defaultValue = "0",
      description = "Deviation of the logarithm of a factor on all channels.")
  private double gain;

  @Option(
      names = "--augment_noise",
      defaultValue = "0",
      description = "Largest deviation of white noise over that of the channel.")
  private double noise;

  @Option(
      names = "--augment_noise_floor",
      defaultValue = "0",
      description = "Largest deviation of white noise, in the data's unit.")
  private double noiseFloor;

  @Option(
      names = "--augment_wander",
      defaultValue = "0",
      description = "Largest amplitude of baseline wander, in the data's unit.")
  private double wander;

  @Option(
      names = "--augment_channel_dropout",
      defaultValue = "0",
      description = "Probability that a channel is silent; one always stays.")
  private double channelDropout;

  @Option(
      names = "--augment_tail_dropout",
      defaultValue = "0",
      description = "Probability that only the first channel stays, so that one lead suffices.")
  private double tailDropout;

  @Option(
      names = "--augment_head_dropout",
      defaultValue = "0",
      description = "Probability that the first channel is silent, unless the others are.")
  private double headDropout;

  @Option(
      names = "--augment_channel_swap",
      defaultValue = "0",
      description = "Probability that the first two channels change places.")
  private double channelSwap;

  @Option(
      names = "--augment_channel_rotation",
      defaultValue = "0",
      description = "Largest number of places by which an armband's channels turn.")
  private int channelRotation;

  @Option(
      names = "--augment_ring_shift",
      defaultValue = "0",
      description =
          "Largest share, 0 to 1, by which an armband's channels take on their neighbour's"
              + " strength.")
  private double ringShift;

  @Option(
      names = "--augment_flip",
      defaultValue = "0",
      description = "Probability that a window changes its sign.")
  private double flip;

  @Option(
      names = "--augment_context_noise",
      defaultValue = "0",
      description = "Deviation of noise on each rhythm value.")
  private double contextNoise;

  @Option(
      names = "--mixup",
      defaultValue = "0",
      description = "Alpha of the Beta distribution by which windows are mixed; 0 for none.")
  private double mixup;

  AugmentationOptions options() {
    return new AugmentationOptions(
        shift,
        stretch,
        amplitude,
        gain,
        noise,
        noiseFloor,
        wander,
        channelDropout,
        tailDropout,
        headDropout,
        channelSwap,
        channelRotation,
        ringShift,
        flip,
        contextNoise,
        mixup);
  }
}
