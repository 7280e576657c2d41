package io.physiowave.core.window;

import io.physiowave.core.card.ChannelMapping;
import io.physiowave.core.card.ChannelMismatchException;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.dsp.QrsDetector;
import io.physiowave.core.dsp.RateRatio;
import io.physiowave.core.dsp.SignalFilter;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.rhythm.RhythmFeature;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How one model's windows are cut from one stream: what the model wants and what the stream gives.
 *
 * @param windowing how windows are cut, in samples at the model's rate
 * @param modelRateHz rate of the windows, Hz
 * @param modelUnit unit of the windows: V, mV or uV
 * @param channels signal rows of a window in order
 * @param filters applied in order, at the stream's rate, before resampling
 * @param modality kind of signal
 * @param streamRateHz the stream's rate, Hz
 * @param streamChannels the stream's channel names in order
 * @param streamUnit the stream's unit: V, mV or uV
 * @param marginSamples samples added on either side of a window, at the model's rate, so that
 *     training may shift it; 0 when serving
 */
public record WindowPlan(
    Windowing windowing,
    double modelRateHz,
    String modelUnit,
    List<ModelChannel> channels,
    List<FilterSpecification> filters,
    Modality modality,
    double streamRateHz,
    List<String> streamChannels,
    String streamUnit,
    int marginSamples) {

  /** A stream much slower than the model holds nothing for it, and costs memory to resample. */
  private static final double SLOWEST = 20;

  private static final double FASTEST = 500;

  private static final double BRIDGED_SECONDS = 0.25;
  private static final double BRIDGED_SHARE = 0.2;

  /** Before a beat, what its shape is compared on, seconds. */
  private static final double SHAPE_SECONDS = 0.35;

  /** Samples of the slower rate by which the resampler and the beat detector run behind. */
  private static final int LOOK_AHEAD = 32;

  /**
   * Validates the plan as a whole.
   *
   * @throws ChannelMismatchException when the stream lacks a channel that the model requires
   * @throws IllegalArgumentException when another part is out of range, naming it
   */
  public WindowPlan {
    Objects.requireNonNull(windowing, "windowing");
    Objects.requireNonNull(modality, "modality");
    channels = List.copyOf(channels);
    filters = List.copyOf(filters);
    streamChannels = List.copyOf(streamChannels);
    SignalFrame.unitFactor(streamUnit, modelUnit);
    if (!(streamRateHz >= modelRateHz / SLOWEST && streamRateHz <= modelRateHz * FASTEST)) {
      throw new IllegalArgumentException(
          "the stream's rate is "
              + streamRateHz
              + " Hz; a model at "
              + modelRateHz
              + " Hz expects "
              + modelRateHz / SLOWEST
              + " to "
              + modelRateHz * FASTEST
              + " Hz");
    }
    requireSamples(windowing, modelRateHz, streamRateHz);
    ChannelMapping.of(channels, streamChannels);
    if (marginSamples < 0) {
      throw new IllegalArgumentException(
          "marginSamples is " + marginSamples + "; expected 0 or more");
    }
    // Only designing the filters tells whether the rate can carry them.
    new SignalFilter(filters, streamRateHz);
    if (windowing instanceof Windowing.BeatCentred beat) {
      beat.context().forEach(RhythmFeature::named);
      requireBeats(streamRateHz, channels, streamChannels);
    }
  }

  /** Every window holds a sample of the stream, and begins at another one than those before it. */
  private static void requireSamples(Windowing windowing, double modelRateHz, double streamRateHz) {
    int step =
        windowing instanceof Windowing.Sliding sliding
            ? sliding.hopSamples()
            : windowing.windowSamples();
    if (step * streamRateHz < modelRateHz) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the stream's rate is %s Hz, at which no sample lies in every %d at %s Hz; expected"
                  + " %.1f Hz or more",
              streamRateHz,
              step,
              modelRateHz,
              modelRateHz / step));
    }
  }

  private static void requireBeats(
      double streamRateHz, List<ModelChannel> channels, List<String> streamChannels) {
    if (streamRateHz < QrsDetector.LOWEST_RATE_HZ) {
      throw new IllegalArgumentException(
          "the stream's rate is "
              + streamRateHz
              + " Hz; beats are found from "
              + QrsDetector.LOWEST_RATE_HZ
              + " Hz on");
    }
    ChannelMapping mapping = ChannelMapping.of(channels, streamChannels);
    for (int row = 0; row < mapping.rows(); row++) {
      if (mapping.source(row) != ChannelMapping.NONE) {
        return;
      }
    }
    throw new ChannelMismatchException(
        "none of the stream's channels "
            + streamChannels
            + " feeds the model; expected one of "
            + channels.stream().map(ModelChannel::accepts).toList());
  }

  /**
   * The plan for serving a model.
   *
   * @throws ChannelMismatchException when the stream lacks a channel that the model requires
   */
  public static WindowPlan of(
      ModelCard card, double streamRateHz, List<String> streamChannels, String streamUnit) {
    return of(
        card.windowing(),
        card.sampleRateHz(),
        card.unit(),
        card.channels(),
        card.filters(),
        card.modality(),
        streamRateHz,
        streamChannels,
        streamUnit);
  }

  /** The plan for preparing training data, where no card exists yet. */
  public static WindowPlan of(
      Windowing windowing,
      double modelRateHz,
      String modelUnit,
      List<ModelChannel> channels,
      List<FilterSpecification> filters,
      Modality modality,
      double streamRateHz,
      List<String> streamChannels,
      String streamUnit) {
    return new WindowPlan(
        windowing,
        modelRateHz,
        modelUnit,
        channels,
        filters,
        modality,
        streamRateHz,
        streamChannels,
        streamUnit,
        0);
  }

  /**
   * The same plan with samples added on either side of every window.
   *
   * <p>The context row keeps its segments over the window proper; the outer two reach on through
   * the margins.
   */
  public WindowPlan withMargin(int samples) {
    return new WindowPlan(
        windowing,
        modelRateHz,
        modelUnit,
        channels,
        filters,
        modality,
        streamRateHz,
        streamChannels,
        streamUnit,
        samples);
  }

  /** Length of a cut window, samples at the model's rate, both margins included. */
  public int windowSamples() {
    return windowing.windowSamples() + 2 * marginSamples;
  }

  /** Rows of a cut window: the channels, and a context row when the windowing asks for it. */
  public int inputRows() {
    return channels.size() + (contextFeatures().isEmpty() ? 0 : 1);
  }

  /** Rhythm features of the context row in order; empty without one. */
  public List<RhythmFeature> contextFeatures() {
    return windowing instanceof Windowing.BeatCentred beat
        ? beat.context().stream().map(RhythmFeature::named).toList()
        : List.of();
  }

  /** Ratio of the model's rate to the stream's. */
  RateRatio rateRatio() {
    return RateRatio.of(streamRateHz, modelRateHz);
  }

  /**
   * Longest run of lost samples that is bridged by holding the last value: a quarter of a second,
   * in which no beat can hide unnoticed, or for longer sliding windows a fifth of the window,
   * beyond which it is bad anyway.
   */
  public long bridgedGapSamples() {
    double seconds = BRIDGED_SECONDS;
    if (windowing instanceof Windowing.Sliding) {
      seconds = Math.max(seconds, BRIDGED_SHARE * windowing.windowSamples() / modelRateHz);
    }
    return (long) Math.floor(seconds * streamRateHz);
  }

  /** Samples of the past, at the model's rate, that a window may still need. */
  int historySamples() {
    boolean runsBehind = windowing instanceof Windowing.BeatCentred || !rateRatio().isIdentity();
    return historySamples(runsBehind ? LOOK_AHEAD : 0);
  }

  /** The same as it was when the first form of saved windows was written. */
  int firstFormHistorySamples() {
    return historySamples(LOOK_AHEAD);
  }

  private int historySamples(int lookAhead) {
    int length = windowing.windowSamples() + marginSamples;
    if (windowing instanceof Windowing.BeatCentred beat) {
      int patience = (int) Math.ceil(BeatCutter.patienceSeconds() * modelRateHz);
      int before = Math.max(beat.samplesBefore(), (int) Math.ceil(SHAPE_SECONDS * modelRateHz));
      length = before + marginSamples + Math.max(length, patience);
    }
    int ahead = (int) Math.ceil(lookAhead * Math.max(1, modelRateHz / streamRateHz));
    return length + marginSamples + ahead;
  }
}
