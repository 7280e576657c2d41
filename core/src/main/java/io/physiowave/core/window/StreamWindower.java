package io.physiowave.core.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Cuts one session of a stream into windows for a model, sample after sample, with a state that is
 * bounded and can be saved. How the samples are divided between calls does not change the windows.
 */
public final class StreamWindower {
  private long nextSample;

  /**
   * Starts at a sample of the session.
   *
   * @param firstSampleIndex index, within the session, of the first sample that will be given
   */
  public StreamWindower(WindowPlan plan, long firstSampleIndex) {
    nextSample = firstSampleIndex;
  }

  /**
   * Cuts around given beats instead of detected ones, with the same filters and context.
   *
   * @param beatSamples the beats' samples within the session, ascending
   */
  public static StreamWindower withReferenceBeats(
      WindowPlan plan, long firstSampleIndex, long[] beatSamples) {
    return new StreamWindower(plan, firstSampleIndex);
  }

  /**
   * Takes samples {@code [from, to)} of every channel.
   *
   * @param samples {@code float[streamChannels][...]} in the stream's unit; may hold NaN
   * @param leadOff stream channels whose electrode is off for all of these samples
   * @param out receives the windows that became complete, in order
   */
  public void append(float[][] samples, int from, int to, BitSet leadOff, Consumer<CutWindow> out) {
    nextSample += to - from;
  }

  /** Counts samples that never came; the cost does not grow with their number. */
  public void appendGap(long samples, Consumer<CutWindow> out) {
    nextSample += samples;
  }

  /** Ends the session: hands out what can be judged without further samples. */
  public void finish(Consumer<CutWindow> out) {}

  /** Index, within the session, of the next sample expected. */
  public long nextSampleIndex() {
    return nextSample;
  }

  /** Saves the state; the plan is not saved. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(nextSample);
  }

  /** Restores a windower of the same plan, which continues bit for bit. */
  public static StreamWindower readFrom(WindowPlan plan, DataInput in) throws IOException {
    return new StreamWindower(plan, in.readLong());
  }
}
