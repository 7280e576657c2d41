package io.physiowave.training.dataset;

/**
 * How training windows are varied; 0 switches a variation off.
 *
 * @param shiftSamples largest shift in time, samples; beyond the stored margin the edge is repeated
 * @param stretch largest change of the time scale around the window's centre, 0 to below 1
 * @param amplitude deviation of the logarithm of a factor on each channel, 0 or more
 * @param gain deviation of the logarithm of a factor on all channels, 0 or more
 * @param noise largest deviation of white noise, over that of the channel in the window; a window's
 *     own is drawn between 0 and this
 * @param noiseFloor largest deviation of further white noise, in the data's unit, 0 or more
 * @param wander largest amplitude of a slow sine (0.1 to 1.5 cycles a window), in the data's unit
 * @param channelDropout probability that a channel is silent; one always stays
 * @param tailDropout probability that only the first channel stays
 * @param headDropout probability, unless the tail was dropped, that the first channel is silent
 * @param channelSwap probability that the first two channels change places
 * @param channelRotation largest number of places by which the channels of an armband turn
 * @param ringShift largest share by which the channels of an armband take on the strength of their
 *     neighbour, as if it had been turned a little, 0 to 1
 * @param flip probability that the window changes its sign
 * @param contextNoise deviation of noise on each context value, before channels are dropped
 * @param mixup parameter alpha of the Beta(alpha, alpha) share by which windows are mixed
 */
public record AugmentationOptions(
    int shiftSamples,
    double stretch,
    double amplitude,
    double gain,
    double noise,
    double noiseFloor,
    double wander,
    double channelDropout,
    double tailDropout,
    double headDropout,
    double channelSwap,
    int channelRotation,
    double ringShift,
    double flip,
    double contextNoise,
    double mixup) {

  /** Windows stay as they are. */
  public static final AugmentationOptions NONE =
      new AugmentationOptions(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** What pretraining uses when asked for augmentation: noise, amplitude and stretch. */
  public static final AugmentationOptions PRETRAINING =
      new AugmentationOptions(0, 0.1, 0, 0.1, 0.02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public AugmentationOptions {
    requireRange("augment_shift", shiftSamples, Integer.MAX_VALUE);
    requireFraction("augment_stretch", stretch);
    requireRange("augment_amplitude", amplitude, 10);
    requireRange("augment_gain", gain, 10);
    requireRange("augment_noise", noise, Double.MAX_VALUE);
    requireRange("augment_noise_floor", noiseFloor, Double.MAX_VALUE);
    requireRange("augment_wander", wander, Double.MAX_VALUE);
    requireRange("augment_channel_dropout", channelDropout, 1);
    requireRange("augment_tail_dropout", tailDropout, 1);
    requireRange("augment_head_dropout", headDropout, 1);
    requireRange("augment_channel_swap", channelSwap, 1);
    requireRange("augment_channel_rotation", channelRotation, Integer.MAX_VALUE);
    requireRange("augment_ring_shift", ringShift, 1);
    requireRange("augment_flip", flip, 1);
    requireRange("augment_context_noise", contextNoise, Double.MAX_VALUE);
    requireRange("mixup", mixup, 1000);
  }

  private static void requireRange(String option, double value, double largest) {
    if (!(value >= 0 && value <= largest)) {
      throw new IllegalArgumentException(
          option
              + " is "
              + value
              + "; expected 0"
              + (largest > 1000 ? " or more" : " to " + largest));
    }
  }

  private static void requireFraction(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(option + " is " + value + "; expected 0 to below 1");
    }
  }
}
