package io.physiowave.core.window;

import io.physiowave.core.card.Windowing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Cuts one session of a stream into windows for a model, sample after sample, with a state that is
 * bounded and can be saved.
 *
 * <p>How the samples are divided between calls does not change the windows, nor does saving and
 * restoring. Sliding windows start at multiples of the hop, at the model's rate, counted from the
 * session's sample 0. Beat windows are centred on the beats that {@link
 * io.physiowave.core.dsp.QrsDetector} finds and come when the next beat is known, at most about 2 s
 * after the beat. What a window lacks at the session's very start or end is filled with its first
 * or last value.
 *
 * <p>Values that are not finite, and lost samples of a short gap, are replaced by the last value
 * for the filters and counted by the quality. A longer gap, see {@link
 * WindowPlan#bridgedGapSamples()}, ends one stretch of the session and begins another: filters,
 * detector and rhythm start again, sliding windows over the gap are not cut, and beat windows are
 * filled as at a session's ends with the missing samples counted as lost.
 *
 * <p>While an electrode is off its row is zero. When it comes back, or the channel of an ECG jumps
 * further between two samples than any heart makes it, the row's filters start again.
 */
public final class StreamWindower {
  /** Most samples worked on at once; what a stream costs in memory grows with it. */
  private static final int CHUNK = 64;

  /** Stream samples by which ends of windows and of their history may be rounded. */
  private static final int ROUNDING = 2;

  /**
   * Form of the saved state. The first form began with the next sample, which is never negative.
   */
  private static final long FORM = -3;

  private final WindowPlan plan;
  private final int lostAtMost;

  private final SignalRows rows;
  private final QualityRows quality;
  private final WindowCutter cutter;

  private long nextSample;
  private long pendingGap;

  /**
   * Starts at a sample of the session.
   *
   * @param firstSampleIndex index, within the session, of the first sample that will be given; 0 or
   *     more
   */
  public StreamWindower(WindowPlan plan, long firstSampleIndex) {
    this(plan, firstSampleIndex, null);
  }

  private StreamWindower(WindowPlan plan, long firstSampleIndex, long[] referenceBeats) {
    if (firstSampleIndex < 0) {
      throw new IllegalArgumentException(
          "first sample index is " + firstSampleIndex + "; expected 0 or more");
    }
    this.plan = plan;
    nextSample = firstSampleIndex;
    int history = plan.historySamples();
    double streamPerModel = plan.streamRateHz() / plan.modelRateHz();
    lostAtMost = (int) Math.ceil(plan.windowSamples() * streamPerModel);
    // A window is judged before more than a chunk, or a gap as far as it is counted, follows it.
    int span = (int) Math.ceil(history * streamPerModel) + Math.max(CHUNK, lostAtMost) + ROUNDING;
    int window = (int) Math.round(plan.windowing().windowSamples() * streamPerModel);
    rows = new SignalRows(plan, firstSampleIndex, history, CHUNK);
    quality = new QualityRows(plan, window, span);
    cutter = cutter(firstSampleIndex, referenceBeats);
  }

  private StreamWindower(StreamWindower other) {
    plan = other.plan;
    lostAtMost = other.lostAtMost;
    nextSample = other.nextSample;
    pendingGap = other.pendingGap;
    rows = other.rows.copy();
    quality = other.quality.copy();
    cutter = cutter(0, null);
    cutter.copyFrom(other.cutter);
  }

  private WindowCutter cutter(long firstSampleIndex, long[] referenceBeats) {
    if (plan.windowing() instanceof Windowing.BeatCentred beats) {
      BeatSource source =
          referenceBeats == null
              ? new DetectedBeats(plan, firstSampleIndex, CHUNK)
              : new ReferenceBeats(plan, firstSampleIndex, referenceBeats);
      return new BeatCutter(plan, beats, rows, quality, source);
    }
    if (referenceBeats != null) {
      throw new IllegalArgumentException("reference beats were given for sliding windows");
    }
    return new SlidingCutter(plan, (Windowing.Sliding) plan.windowing(), rows, quality);
  }

  /**
   * Cuts around given beats instead of detected ones, with the same filters and context. Such a
   * windower cannot be saved.
   *
   * @param beatSamples the beats' samples within the session, ascending
   */
  public static StreamWindower withReferenceBeats(
      WindowPlan plan, long firstSampleIndex, long[] beatSamples) {
    return new StreamWindower(plan, firstSampleIndex, beatSamples);
  }

  /**
   * Takes samples {@code [from, to)} of every channel.
   *
   * @param samples {@code float[streamChannels][...]} in the stream's unit; may hold NaN
   * @param leadOff stream channels whose electrode is off for all of these samples
   * @param out receives the windows that became complete, in order
   */
  public void append(float[][] samples, int from, int to, BitSet leadOff, Consumer<CutWindow> out) {
    if (samples.length != plan.streamChannels().size()) {
      throw new IllegalArgumentException(
          samples.length
              + " channels of samples; expected one for each of "
              + plan.streamChannels());
    }
    if (from < to) {
      passGap(out);
    }
    for (int at = from; at < to; at += CHUNK) {
      int end = Math.min(to, at + CHUNK);
      quality.accept(samples, at, end, nextSample, leadOff);
      rows.append(samples, at, end, leadOff);
      cutter.append(samples, at, end, leadOff);
      nextSample += end - at;
      cutter.cut(nextSample, out);
    }
  }

  /**
   * Counts samples that never came. The cost does not grow with their number, and what follows from
   * it appears with the next sample.
   */
  public void appendGap(long samples, Consumer<CutWindow> out) {
    if (samples < 0) {
      throw new IllegalArgumentException("a gap of " + samples + " samples; expected 0 or more");
    }
    pendingGap += samples;
  }

  private void passGap(Consumer<CutWindow> out) {
    if (pendingGap > plan.bridgedGapSamples()) {
      restartAfterGap(out);
    } else {
      for (; pendingGap > 0; ) {
        int count = (int) Math.min(CHUNK, pendingGap);
        quality.acceptLost(nextSample, count);
        rows.appendHeld(count);
        cutter.appendLost(count);
        nextSample += count;
        pendingGap -= count;
        cutter.cut(nextSample, out);
      }
    }
  }

  private void restartAfterGap(Consumer<CutWindow> out) {
    int near = (int) Math.min(pendingGap, lostAtMost);
    quality.acceptLost(nextSample, near);
    rows.finish();
    cutter.finish(nextSample, out);
    int further = (int) Math.min(near, pendingGap - near);
    nextSample += pendingGap;
    quality.acceptLost(nextSample - further, further);
    pendingGap = 0;
    rows.restart(nextSample);
    cutter.restart(nextSample);
  }

  /**
   * Ends the session: hands out what can be judged without further samples. Nothing may be appended
   * afterwards.
   */
  public void finish(Consumer<CutWindow> out) {
    pendingGap = 0;
    rows.finish();
    cutter.finish(nextSample, out);
  }

  /** Index, within the session, of the next sample expected. */
  public long nextSampleIndex() {
    return nextSample + pendingGap;
  }

  /** Another windower in the same state, for less than it costs to save and restore it. */
  public StreamWindower copy() {
    return new StreamWindower(this);
  }

  /** Saves the state; the plan is not saved. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(FORM);
    out.writeLong(nextSample);
    out.writeLong(pendingGap);
    long firstNeeded = cutter.firstNeeded();
    rows.writeTo(out, firstNeeded);
    quality.writeTo(out, plan.rateRatio().nearestInput(firstNeeded));
    cutter.writeTo(out);
  }

  /**
   * Restores a windower of the same plan, which continues bit for bit.
   *
   * @throws IOException when the state was saved in a form that this release does not know
   */
  public static StreamWindower readFrom(WindowPlan plan, DataInput in) throws IOException {
    StreamWindower windower = new StreamWindower(plan, 0);
    long form = in.readLong();
    if (form < FORM || form == -1) {
      throw new IOException(
          "the saved windows have form " + -form + "; this version reads 1 to " + -FORM);
    }
    boolean isFirst = form >= 0;
    windower.nextSample = isFirst ? form : in.readLong();
    windower.pendingGap = in.readLong();
    if (isFirst) {
      windower.rows.restoreFirstForm(in);
    } else {
      windower.rows.restore(in);
    }
    if (form == FORM) {
      windower.quality.restore(in);
    } else {
      windower.quality.restoreSecondForm(in);
    }
    windower.cutter.restore(in);
    return windower;
  }
}
