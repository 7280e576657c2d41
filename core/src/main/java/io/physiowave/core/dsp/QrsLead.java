package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * One lead on its way to the beat detector: band-passed to where the QRS complex has its energy,
 * and turned into an envelope of slopes relative to the lead's own average.
 *
 * <p>An envelope relative to its average is flat in noise and peaked in a clean lead, whatever the
 * amplitude. How far its beats stand out from what was rejected weighs the lead against the other.
 */
final class QrsLead {
  /** Recent samples kept, a power of 2: about a second. */
  private static final int KEPT = 256;

  private static final int MASK = KEPT - 1;
  private static final int ENVELOPE = QrsDetector.RATE * 22 / 250;
  private static final int SETTLING = QrsDetector.RATE * 3 / 10;
  private static final double AVERAGING = QrsDetector.RATE * 6;
  private static final double SMALLEST_AVERAGE = 2e-4;
  private static final double LARGEST_STEP = 4;

  /** Of slopes as whole numbers, 1/mV: finer than a float of 1 uV, and no sum overflows. */
  private static final double SLOPE_SCALE = 0x1p40;

  private static final int NEAR = QrsDetector.RATE / 25;
  private static final int LEARNT = 8;
  private static final double SMALLEST_CONTRAST = 0.05;

  /** Less, relative to the smallest average, is a filter's rounding and no signal. */
  private static final double UNMOVED = 1e-3;

  private static final List<FilterSpecification> BAND =
      List.of(new FilterSpecification.HighPass(2, 6), new FilterSpecification.LowPass(2, 18));

  private final BiquadCascade band = new BiquadCascade(BAND, QrsDetector.RATE);
  private final float[] signal = new float[KEPT];
  private final float[] banded = new float[KEPT];
  private final float[] envelope = new float[KEPT];
  private final RecentValues beats = new RecentValues(LEARNT, 1);
  private final RecentValues rejects = new RecentValues(LEARNT, 0);
  private double average;
  private int averaged;
  private int unsettled;
  private double weight = 1;
  private long count;

  /** Sum of the last {@link #ENVELOPE} slopes. */
  private long slopes;

  /**
   * Takes the next sample.
   *
   * @param lost whether the lead has no signal, so that the value only stands in
   * @return the envelope relative to its average; 0 while lost and until the filter has settled
   */
  double step(float value, boolean lost) {
    int at = (int) (count & MASK);
    signal[at] = value;
    banded[at] = (float) band.step(value);
    count++;
    envelope[at] = (float) relative(meanSlope(), lost);
    return envelope[at];
  }

  private double meanSlope() {
    slopes += slope(count - 1) - slope(count - 1 - ENVELOPE);
    return slopes / (SLOPE_SCALE * ENVELOPE);
  }

  /** A slope as a whole number, so that sums neither drift nor depend on where they began. */
  private long slope(long sample) {
    float change = banded[(int) (sample & MASK)] - banded[(int) ((sample - 2) & MASK)];
    return (long) (Math.abs(change) * SLOPE_SCALE);
  }

  private double relative(double slope, boolean lost) {
    if (lost || unsettled > 0) {
      unsettled = lost ? SETTLING : unsettled - 1;
      return 0;
    }
    averaged++;
    double bounded = averaged < QrsDetector.RATE ? slope : Math.min(slope, LARGEST_STEP * average);
    average += (bounded - average) / Math.min(AVERAGING, averaged);
    return slope / Math.max(average, SMALLEST_AVERAGE);
  }

  /** Whether the lead has a signal, and had one long enough. */
  boolean isSettled() {
    return unsettled == 0;
  }

  /**
   * Whether anything moved over recent samples: an electrode that is off gives the same for ever.
   */
  boolean moves(long from, long to) {
    return steepest(from, to) >= UNMOVED;
  }

  /** The lead's share in the decision, 0 to 1. */
  double weight() {
    return weight;
  }

  /** The signal at a recent sample, millivolts. */
  float signal(long sample) {
    return signal[(int) (sample & MASK)];
  }

  /** Steepest band-passed slope over recent samples, relative to the average. */
  double steepest(long from, long to) {
    float largest = 0;
    for (long i = from; i <= to; i++) {
      largest =
          Math.max(largest, Math.abs(banded[(int) (i & MASK)] - banded[(int) ((i - 1) & MASK)]));
    }
    return largest / Math.max(average, SMALLEST_AVERAGE);
  }

  /** Learns from a peak of the envelopes' combination what is a beat in this lead and what not. */
  void learn(long peak, boolean isBeat) {
    float height = 0;
    for (long i = peak - NEAR; i <= peak + NEAR; i++) {
      height = Math.max(height, envelope[(int) (i & MASK)]);
    }
    (isBeat ? beats : rejects).add(height);
    double typical = beats.median();
    double contrast = typical < UNMOVED ? 0 : (typical - rejects.median()) / typical;
    contrast = Math.max(SMALLEST_CONTRAST, Math.min(1, contrast));
    weight = contrast * contrast * contrast;
  }

  /** Forgets the signal but not what was learned of it. */
  void restart() {
    band.restart();
    Arrays.fill(signal, 0);
    Arrays.fill(banded, 0);
    Arrays.fill(envelope, 0);
    unsettled = 0;
    count = 0;
    slopes = 0;
  }

  void copyFrom(QrsLead other) {
    band.copyFrom(other.band);
    System.arraycopy(other.signal, 0, signal, 0, KEPT);
    System.arraycopy(other.banded, 0, banded, 0, KEPT);
    System.arraycopy(other.envelope, 0, envelope, 0, KEPT);
    beats.copyFrom(other.beats);
    rejects.copyFrom(other.rejects);
    average = other.average;
    averaged = other.averaged;
    unsettled = other.unsettled;
    weight = other.weight;
    count = other.count;
    slopes = other.slopes;
  }

  void writeTo(DataOutput out) throws IOException {
    band.writeTo(out);
    float[] saved = new float[3 * KEPT];
    for (int i = 0; i < KEPT; i++) {
      saved[3 * i] = signal[i];
      saved[3 * i + 1] = banded[i];
      saved[3 * i + 2] = envelope[i];
    }
    SavedSamples.write(saved, 0, saved.length, out);
    beats.writeTo(out);
    rejects.writeTo(out);
    out.writeDouble(average);
    out.writeInt(averaged);
    out.writeInt(unsettled);
    out.writeDouble(weight);
    out.writeLong(count);
  }

  void restore(DataInput in) throws IOException {
    band.restore(in);
    float[] saved = new float[3 * KEPT];
    SavedSamples.read(saved, 0, saved.length, in);
    for (int i = 0; i < KEPT; i++) {
      signal[i] = saved[3 * i];
      banded[i] = saved[3 * i + 1];
      envelope[i] = saved[3 * i + 2];
    }
    beats.restore(in);
    rejects.restore(in);
    average = in.readDouble();
    averaged = in.readInt();
    unsettled = in.readInt();
    weight = in.readDouble();
    count = in.readLong();
    slopes = 0;
    for (long sample = count - ENVELOPE; sample < count; sample++) {
      slopes += slope(sample);
    }
  }
}
