package io.physiowave.streaming.assemble;

import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/**
 * Holds the samples that a session counts against the time that its device's clock counts: a stream
 * that does not sample at the rate that it declares gets windows of another length than its model
 * learnt.
 *
 * <p>A clock may drift, jitter and be set. So samples are counted over spans of {@value
 * #SPAN_MICROS} microseconds at least, one in which the clock is set or longer than a second is
 * missing begins anew, and two in a row must be off to the same side by more than {@value
 * #TOLERANCE} of the declared rate. One span that is not off ends it.
 */
final class RateWatch {
  static final long SPAN_MICROS = 30_000_000;
  static final double TOLERANCE = 0.1;

  /** No device is so far off: a clock that is does not count microseconds. */
  private static final double ABSURD_FACTOR = 100;

  /** By how much more or less than its samples last a frame may be dated after the one before. */
  private static final double STEP_MICROS = 1e6;

  private static final double STEP_LENGTHS = 10;

  private final double declaredHz;

  /** Where the present span began; time 0 before the first date. */
  private long spanSample;

  private long spanMicros;

  /** The latest frame that was dated. */
  private long lastSample;

  private long lastMicros;

  /** Rate over the span before this one when it was off; otherwise 0. */
  private double suspectHz;

  /** The rate, when it is wrong; otherwise 0. */
  private double wrongHz;

  private boolean isTold;

  /** What {@link #wrongHz} means for each window; null when it is 0. */
  private SignalQuality verdict;

  RateWatch(double declaredHz) {
    this.declaredHz = declaredHz;
  }

  /**
   * Counts a frame; in the order of samples.
   *
   * @param sample its first sample
   * @param micros that sample's time on the device's clock, 0 if it has none
   * @return whether the session turned out to be at another rate than it declares for the first
   *     time
   */
  boolean count(long sample, long micros) {
    if (micros == 0) {
      return false;
    }
    if (spanMicros == 0 || isStep(sample, micros)) {
      begin(sample, micros);
      suspectHz = 0;
    }
    lastSample = sample;
    lastMicros = micros;
    double elapsed = micros - (double) spanMicros;
    if (elapsed >= SPAN_MICROS) {
      judge((sample - spanSample) * 1e6 / elapsed);
      begin(sample, micros);
    }
    boolean isNews = verdict != null && !isTold;
    isTold |= isNews;
    return isNews;
  }

  private void begin(long sample, long micros) {
    spanSample = sample;
    spanMicros = micros;
  }

  /** In floating point, since a device may send any time. */
  private boolean isStep(long sample, long micros) {
    double lasts = (sample - lastSample) * 1e6 / declaredHz;
    double passed = micros - (double) lastMicros;
    return Math.abs(passed - lasts) > STEP_MICROS + STEP_LENGTHS * Math.abs(lasts);
  }

  private void judge(double measuredHz) {
    boolean isOff = Math.abs(measuredHz - declaredHz) > TOLERANCE * declaredHz;
    boolean isClock =
        measuredHz < declaredHz * ABSURD_FACTOR && measuredHz > declaredHz / ABSURD_FACTOR;
    if (!isOff || !isClock) {
      suspectHz = 0;
      find(0);
    } else if (suspectHz != 0 && (suspectHz > declaredHz) == (measuredHz > declaredHz)) {
      find(measuredHz);
    } else {
      suspectHz = measuredHz;
    }
  }

  private void find(double hz) {
    wrongHz = hz;
    verdict = hz == 0 ? null : verdict();
  }

  private SignalQuality verdict() {
    return new SignalQuality(
        QualityLevel.BAD,
        String.format(
            Locale.ROOT,
            "the device's clock counts %.1f samples a second where %.1f Hz are declared",
            wrongHz,
            declaredHz));
  }

  /** Samples in a row were given up: their number is the device's word. */
  void skip(long samples) {
    if (samples > declaredHz) {
      spanMicros = 0;
    }
  }

  /** Whether the session is at another rate than it declares. */
  boolean isWrong() {
    return verdict != null;
  }

  /** What is wrong with every window; only when something is. */
  SignalQuality quality() {
    return verdict;
  }

  RateWatch copy() {
    RateWatch copy = new RateWatch(declaredHz);
    copy.spanSample = spanSample;
    copy.spanMicros = spanMicros;
    copy.lastSample = lastSample;
    copy.lastMicros = lastMicros;
    copy.suspectHz = suspectHz;
    copy.wrongHz = wrongHz;
    copy.isTold = isTold;
    copy.verdict = verdict;
    return copy;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(spanSample);
    out.writeLong(spanMicros);
    out.writeLong(lastSample);
    out.writeLong(lastMicros);
    out.writeDouble(suspectHz);
    out.writeDouble(wrongHz);
    out.writeBoolean(isTold);
  }

  static RateWatch readFrom(double declaredHz, DataInput in) throws IOException {
    RateWatch watch = new RateWatch(declaredHz);
    watch.spanSample = in.readLong();
    watch.spanMicros = in.readLong();
    watch.lastSample = in.readLong();
    watch.lastMicros = in.readLong();
    watch.suspectHz = in.readDouble();
    watch.find(in.readDouble());
    watch.isTold = in.readBoolean();
    return watch;
  }
}
