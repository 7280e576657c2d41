package io.physiowave.core.rhythm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Follows the intervals between the beats of one stream and computes the features about them for
 * the latest beat. The state is bounded.
 */
public final class RhythmTracker {
  /** What a next beat that does not come in time counts as, seconds. */
  public static final double LATE_SECONDS = 2;

  private static final double ASSUMED = 0.8;
  private static final double SHORTEST = 0.25;
  private static final double LONGEST = 2.5;
  private static final int MEMORY = 300;
  private static final int LOCAL = 8;
  private static final int SHORT = 16;
  private static final int LONG = 48;
  private static final int LEAST_DIFFERENCES = 4;
  private static final double USUAL_IRREGULARITY = 0.04;
  private static final double MOST_IRREGULARITY = 0.5;
  private static final long NONE = -1;

  private final double sampleRateHz;
  private final RecentIntervals past = new RecentIntervals(LONG + 1);
  private double usual = Double.NaN;
  private int seen;
  private long last = NONE;

  /** Interval that ended at the last beat, and the one before it; NaN when unknown. */
  private double previous = Double.NaN;

  private double beforePrevious = Double.NaN;

  /** Begins without any beat. */
  public RhythmTracker(double sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
  }

  /** Takes the next beat, which becomes the latest. */
  public void beat(long sample) {
    if (!Double.isNaN(previous)) {
      double interval = counted(previous);
      past.add(interval);
      seen = Math.min(seen + 1, MEMORY);
      usual = seen == 1 ? interval : usual + (interval - usual) / seen;
    }
    beforePrevious = previous;
    previous = last == NONE ? Double.NaN : seconds(last, sample);
    last = sample;
  }

  /** Notes that beats may have been missed: the next one has no known previous beat. */
  public void interrupt() {
    last = NONE;
  }

  private double seconds(long from, long to) {
    return (to - from) / sampleRateHz;
  }

  /** Interval from the latest beat to the next, seconds. */
  public double untilNext(long nextBeatSample) {
    return seconds(last, nextBeatSample);
  }

  /**
   * A feature of the latest beat.
   *
   * @param feature one about intervals
   * @param next interval to the next beat, seconds; NaN when unknown
   */
  public float value(RhythmFeature feature, double next) {
    double mean = Double.isNaN(usual) ? known(previous, ASSUMED) : usual;
    double local = past.isEmpty() ? mean : past.mean(LOCAL);
    double before = known(previous, mean);
    double after = known(next, mean);
    return Scale.feature(
        switch (feature) {
          case RR_PREVIOUS_RATIO -> Scale.logarithm(before / mean) / 0.2;
          case RR_NEXT_RATIO -> Scale.logarithm(after / mean) / 0.2;
          case RR_LOCAL_RATIO -> Scale.logarithm(local / mean) / 0.1;
          case RR_PREVIOUS_LOCAL_RATIO -> Scale.logarithm(before / local) / 0.2;
          case RR_NEXT_PREVIOUS_RATIO -> Scale.logarithm(after / before) / 0.25;
          case RR_BEFORE_PREVIOUS_RATIO ->
              Scale.logarithm(known(counted(beforePrevious), mean) / mean) / 0.2;
          case RR_IRREGULARITY_SHORT -> irregularity(SHORT, mean);
          case RR_IRREGULARITY_LONG -> irregularity(LONG, mean);
          default ->
              throw new IllegalArgumentException(
                  "feature " + feature.publishedName() + " is not about intervals");
        });
  }

  private static double known(double value, double otherwise) {
    return Double.isNaN(value) ? otherwise : value;
  }

  /** NaN stays NaN. */
  private static double counted(double interval) {
    return Math.max(SHORTEST, Math.min(LONGEST, interval));
  }

  private double irregularity(int differences, double mean) {
    double median =
        past.count() <= LEAST_DIFFERENCES
            ? USUAL_IRREGULARITY
            : Math.min(MOST_IRREGULARITY, past.medianDifference(differences) / mean);
    return (median - USUAL_IRREGULARITY) / 0.06;
  }

  /** Takes over the state of a tracker of the same rate. */
  public void copyFrom(RhythmTracker other) {
    past.copyFrom(other.past);
    usual = other.usual;
    seen = other.seen;
    last = other.last;
    previous = other.previous;
    beforePrevious = other.beforePrevious;
  }

  /** Saves the state; the rate is not saved. */
  public void writeTo(DataOutput out) throws IOException {
    past.writeTo(out);
    out.writeDouble(usual);
    out.writeInt(seen);
    out.writeLong(last);
    out.writeDouble(previous);
    out.writeDouble(beforePrevious);
  }

  /** Restores a tracker of the same rate. */
  public static RhythmTracker readFrom(double sampleRateHz, DataInput in) throws IOException {
    RhythmTracker tracker = new RhythmTracker(sampleRateHz);
    tracker.past.restore(in);
    tracker.usual = in.readDouble();
    tracker.seen = in.readInt();
    tracker.last = in.readLong();
    tracker.previous = in.readDouble();
    tracker.beforePrevious = in.readDouble();
    return tracker;
  }
}
