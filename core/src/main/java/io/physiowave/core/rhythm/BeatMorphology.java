package io.physiowave.core.rhythm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Compares each beat's shape with the pointwise median of the last {@value #REMEMBERED} beats, in
 * up to {@value #CHANNELS} channels. The state is bounded.
 *
 * <p>Every beat enters the median, whatever it is: the dominant beats are the many, and no rule for
 * what to let in can then lock out a patient whose beats have changed.
 */
public final class BeatMorphology {
  /** Channels compared. */
  public static final int CHANNELS = 2;

  private static final int REMEMBERED = 32;
  private static final double P_WAVE_FROM = 22 / 90.0;
  private static final double P_WAVE_TO = 7 / 90.0;
  private static final double QRS_FROM = 10 / 90.0;
  private static final double QRS_TO = 12 / 90.0;
  private static final double SHIFT = 4 / 90.0;
  private static final double SMALLEST_WIDTH = 1e-6;

  private final int shift;
  private final int centre;
  private final int length;
  private final int waveEnd;
  private final int qrsStart;
  private final boolean[] present;
  private final BeatMedian median;
  private final float[][] aligned;
  private final ShapeComparison[] comparisons = new ShapeComparison[CHANNELS];

  /**
   * A comparison for one stream.
   *
   * @param sampleRateHz rate of the samples that will be given
   * @param present which channels the stream has, {@value #CHANNELS} values
   */
  public BeatMorphology(double sampleRateHz, boolean[] present) {
    if (present.length != CHANNELS) {
      throw new IllegalArgumentException(
          present.length + " channels are marked present or not; expected " + CHANNELS);
    }
    this.present = present.clone();
    shift = (int) Math.round(SHIFT * sampleRateHz);
    centre = (int) Math.round(P_WAVE_FROM * sampleRateHz);
    length = centre + Math.max(2, (int) Math.round(QRS_TO * sampleRateHz));
    waveEnd = centre - (int) Math.round(P_WAVE_TO * sampleRateHz);
    qrsStart = centre - (int) Math.round(QRS_FROM * sampleRateHz);
    median = new BeatMedian(CHANNELS, length, REMEMBERED);
    aligned = new float[CHANNELS][length];
  }

  /** Samples needed before a beat's own. */
  public int samplesBefore() {
    return centre + shift;
  }

  /** Samples needed from a beat's own on, that included. */
  public int samplesAfter() {
    return length - centre + shift;
  }

  /**
   * Compares the next beat with those before it, and remembers it.
   *
   * @param around {@code float[channels][samplesBefore + samplesAfter]}; absent channels are not
   *     read
   */
  public void next(float[][] around) {
    boolean first = median.isEmpty();
    int best = first ? shift : bestOffset(around);
    for (int channel = 0; channel < CHANNELS; channel++) {
      if (present[channel]) {
        System.arraycopy(around[channel], best, aligned[channel], 0, length);
        float[] typical = first ? aligned[channel] : median.of(channel);
        comparisons[channel] = compare(aligned[channel], typical);
      }
    }
    median.add(aligned, present);
  }

  private int bestOffset(float[][] around) {
    int best = shift;
    double highest = Double.NEGATIVE_INFINITY;
    for (int offset = 0; offset <= 2 * shift; offset++) {
      double sum = 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        if (present[channel]) {
          sum +=
              Waveforms.correlation(
                  around[channel],
                  offset + qrsStart,
                  median.of(channel),
                  qrsStart,
                  length - qrsStart);
        }
      }
      if (sum > highest) {
        highest = sum;
        best = offset;
      }
    }
    return best;
  }

  private ShapeComparison compare(float[] beat, float[] typical) {
    int count = length - qrsStart;
    return new ShapeComparison(
        Waveforms.correlation(beat, qrsStart, typical, qrsStart, count),
        Waveforms.distance(beat, typical, qrsStart, count),
        Waveforms.width(beat, qrsStart, count)
            / (Waveforms.width(typical, qrsStart, count) + SMALLEST_WIDTH),
        Waveforms.correlation(beat, 0, typical, 0, waveEnd));
  }

  /**
   * A feature of the last beat taken.
   *
   * @param feature one about the shape
   * @return its value; 0 for a channel that the stream lacks
   */
  public float value(RhythmFeature feature) {
    ShapeComparison comparison = comparisons[feature.channel()];
    return comparison == null ? 0 : Scale.feature(comparison.value(feature.shape()));
  }

  /** Takes over the state of a comparison of the same rate and channels. */
  public void copyFrom(BeatMorphology other) {
    median.copyFrom(other.median);
  }

  /** Saves the state; rate and channels are not saved. */
  public void writeTo(DataOutput out) throws IOException {
    median.writeTo(out, present);
  }

  /** Restores the state into a comparison of the same rate and channels. */
  public void restore(DataInput in) throws IOException {
    median.restore(in, present);
  }
}
