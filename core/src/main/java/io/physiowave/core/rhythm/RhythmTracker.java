package io.physiowave.core.rhythm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Follows the beats of one stream and computes {@link RhythmFeature}s for the latest of them. The
 * state is bounded.
 */
public final class RhythmTracker {
  /** Beats that make up the local rhythm. */
  static final int LOCAL_BEATS = 8;

  /** Assumed before any interval is known, seconds: 75 beats a minute. */
  static final double USUAL_INTERVAL = 0.8;

  /** Longer intervals say nothing more, seconds. */
  static final double LONGEST_INTERVAL = 2;

  private static final long NONE = -1;

  private final double sampleRateHz;
  private final RecentIntervals local = new RecentIntervals(LOCAL_BEATS);
  private long last = NONE;
  private double previous = Double.NaN;

  /** Begins without any beat. */
  public RhythmTracker(double sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
  }

  /** Takes the next beat. */
  public void beat(long sample) {
    if (last == NONE) {
      previous = Double.NaN;
    } else {
      previous = interval(last, sample);
      local.add(previous);
    }
    last = sample;
  }

  /** Notes that beats may have been missed: the next one has no previous beat. */
  public void interrupt() {
    last = NONE;
  }

  private double interval(long from, long to) {
    return Math.min(LONGEST_INTERVAL, (to - from) / sampleRateHz);
  }

  /**
   * Features of the latest beat, without a next one in time.
   *
   * @param ended whether the next beat is unknown since the stretch ended, rather than late
   */
  public float[] featuresWithoutNext(List<RhythmFeature> features, boolean ended) {
    return features(features, ended ? Double.NaN : LONGEST_INTERVAL);
  }

  /** Features of the latest beat when the next one is known. */
  public float[] features(List<RhythmFeature> features, long nextBeatSample) {
    return features(features, interval(last, nextBeatSample));
  }

  private float[] features(List<RhythmFeature> features, double next) {
    double mean = local.isEmpty() ? USUAL_INTERVAL : local.mean();
    double before = Double.isNaN(previous) ? mean : previous;
    double after = Double.isNaN(next) ? mean : next;
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              switch (features.get(i)) {
                case RR_PREVIOUS -> before;
                case RR_NEXT -> after;
                case RR_PREVIOUS_RATIO -> before / mean;
                case RR_NEXT_RATIO -> after / mean;
                case RR_LOCAL_MEAN -> mean;
              };
    }
    return values;
  }

  /** Saves the state; the rate is not saved. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(last);
    out.writeDouble(previous);
    local.writeTo(out);
  }

  /** Restores a tracker of the same rate. */
  public static RhythmTracker readFrom(double sampleRateHz, DataInput in) throws IOException {
    RhythmTracker tracker = new RhythmTracker(sampleRateHz);
    tracker.last = in.readLong();
    tracker.previous = in.readDouble();
    tracker.local.restore(in);
    return tracker;
  }
}
