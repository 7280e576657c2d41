package io.physiowave.core.window;

import io.physiowave.core.dsp.QrsDetector;
import io.physiowave.core.dsp.QrsDetector.BeatListener;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.BitSet;

/** Annotated beats, announced as late as the detector usually would. */
final class ReferenceBeats implements BeatSource {
  private final long[] beats;
  private final long delay;
  private int announced;
  private long next;

  ReferenceBeats(WindowPlan plan, long firstSample, long[] beats) {
    this.beats = beats.clone();
    for (int i = 1; i < beats.length; i++) {
      if (beats[i] <= beats[i - 1]) {
        throw new IllegalArgumentException(
            "reference beat "
                + i
                + " is at sample "
                + beats[i]
                + ", not after its predecessor at "
                + beats[i - 1]
                + "; expected ascending samples");
      }
    }
    delay = Math.round(QrsDetector.USUAL_DELAY_SECONDS * plan.streamRateHz());
    restart(firstSample);
  }

  @Override
  public void append(float[][] samples, int from, int to, BitSet leadOff, BeatListener listener) {
    appendLost(to - from, listener);
  }

  @Override
  public void appendLost(int count, BeatListener listener) {
    next += count;
    announce(next - 1 - delay, listener);
  }

  private void announce(long last, BeatListener listener) {
    while (announced < beats.length && beats[announced] <= last) {
      listener.beat(beats[announced], beats[announced] + delay);
      announced++;
    }
  }

  @Override
  public void finish(BeatListener listener) {
    announce(next - 1, listener);
  }

  @Override
  public void restart(long sample) {
    next = sample;
    while (announced < beats.length && beats[announced] < sample) {
      announced++;
    }
  }

  @Override
  public void copyFrom(BeatSource other) {
    throw new UnsupportedOperationException("a windower over reference beats cannot be copied");
  }

  @Override
  public void writeTo(DataOutput out) {
    throw new UnsupportedOperationException(
        "a windower over reference beats cannot be saved; their number has no bound");
  }

  @Override
  public void restore(DataInput in) {
    throw new UnsupportedOperationException("a windower over reference beats cannot be restored");
  }
}
