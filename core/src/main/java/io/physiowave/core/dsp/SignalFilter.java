package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Causal filters over one channel of a stream, sample after sample, with a state that can be saved.
 *
 * <p>The first sample sets the state as if the channel had held that value for ever, so that an
 * electrode offset makes no transient at the start. How the samples are divided between calls does
 * not change the result. Low-pass filters and notches at or above half the rate are left out, since
 * such a stream holds nothing there.
 *
 * <p>Every sample given must be finite: one NaN would stay in the state for ever.
 */
public final class SignalFilter {
  private final BiquadCascade cascade;

  /**
   * Filters in order at a stream's rate.
   *
   * @throws IllegalArgumentException when a high-pass cutoff is not below half the rate
   */
  public SignalFilter(List<FilterSpecification> specifications, double sampleRateHz) {
    cascade = new BiquadCascade(specifications, sampleRateHz);
  }

  private SignalFilter(BiquadCascade cascade) {
    this.cascade = cascade;
  }

  /** The same filters in the same state. */
  public SignalFilter copy() {
    return new SignalFilter(cascade.copy());
  }

  /** Filters {@code samples[from] .. samples[to - 1]} in place. */
  public void process(float[] samples, int from, int to) {
    for (int i = from; i < to; i++) {
      samples[i] = (float) cascade.step(samples[i]);
    }
  }

  /** Forgets the past: the next sample sets the state again. */
  public void restart() {
    cascade.restart();
  }

  /** Saves the state; the filters themselves are not saved. */
  public void writeTo(DataOutput out) throws IOException {
    cascade.writeTo(out);
  }

  /** Restores a filter of the same specifications and rate, which continues bit for bit. */
  public static SignalFilter readFrom(
      List<FilterSpecification> specifications, double sampleRateHz, DataInput in)
      throws IOException {
    SignalFilter filter = new SignalFilter(specifications, sampleRateHz);
    filter.cascade.restore(in);
    return filter;
  }
}
