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
  private final double[] sections;
  private final double[] state;
  private boolean started;

  /**
   * Filters in order at a stream's rate.
   *
   * @throws IllegalArgumentException when a high-pass cutoff is not below half the rate
   */
  public SignalFilter(List<FilterSpecification> specifications, double sampleRateHz) {
    sections = FilterDesign.sections(specifications, sampleRateHz);
    state = new double[sections.length / FilterDesign.VALUES_PER_SECTION * 2];
  }

  /** Filters {@code samples[from] .. samples[to - 1]} in place. */
  public void process(float[] samples, int from, int to) {
    if (from >= to) {
      return;
    }
    if (!started) {
      settle(samples[from]);
      started = true;
    }
    if (state.length == 0) {
      return;
    }
    for (int i = from; i < to; i++) {
      samples[i] = (float) step(samples[i]);
    }
  }

  private double step(double input) {
    double value = input;
    for (int coefficient = 0, s = 0; s < state.length; coefficient += 5, s += 2) {
      double output = sections[coefficient] * value + state[s];
      state[s] =
          sections[coefficient + 1] * value - sections[coefficient + 3] * output + state[s + 1];
      state[s + 1] = sections[coefficient + 2] * value - sections[coefficient + 4] * output;
      value = output;
    }
    return value;
  }

  private void settle(double level) {
    double value = level;
    for (int coefficient = 0, s = 0; s < state.length; coefficient += 5, s += 2) {
      double b1 = sections[coefficient + 1];
      double b2 = sections[coefficient + 2];
      double a1 = sections[coefficient + 3];
      double a2 = sections[coefficient + 4];
      double output = value * (sections[coefficient] + b1 + b2) / (1 + a1 + a2);
      state[s + 1] = b2 * value - a2 * output;
      state[s] = b1 * value - a1 * output + state[s + 1];
      value = output;
    }
  }

  /** Forgets the past: the next sample sets the state again. */
  public void restart() {
    started = false;
  }

  /** Saves the state; the filters themselves are not saved. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(started);
    for (double value : state) {
      out.writeDouble(value);
    }
  }

  /** Restores a filter of the same specifications and rate, which continues bit for bit. */
  public static SignalFilter readFrom(
      List<FilterSpecification> specifications, double sampleRateHz, DataInput in)
      throws IOException {
    SignalFilter filter = new SignalFilter(specifications, sampleRateHz);
    filter.started = in.readBoolean();
    for (int i = 0; i < filter.state.length; i++) {
      filter.state[i] = in.readDouble();
    }
    return filter;
  }
}
