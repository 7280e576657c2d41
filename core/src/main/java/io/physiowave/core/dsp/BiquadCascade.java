package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Second-order sections one after the other (transposed direct form II), in double precision.
 *
 * <p>The first sample sets the state as if the input had held that value for ever.
 */
final class BiquadCascade {
  private final double[] sections;
  private final double[] state;
  private boolean started;

  BiquadCascade(List<FilterSpecification> specifications, double sampleRateHz) {
    sections = FilterDesign.sections(specifications, sampleRateHz);
    state = new double[sections.length / FilterDesign.VALUES_PER_SECTION * 2];
  }

  private BiquadCascade(BiquadCascade other) {
    sections = other.sections;
    state = other.state.clone();
    started = other.started;
  }

  /** A cascade of the same filters in the same state. */
  BiquadCascade copy() {
    return new BiquadCascade(this);
  }

  double step(double input) {
    if (!started) {
      settle(input);
      started = true;
    }
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
  void restart() {
    started = false;
  }

  /** Takes over the state of a cascade of the same filters. */
  void copyFrom(BiquadCascade other) {
    started = other.started;
    System.arraycopy(other.state, 0, state, 0, state.length);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(started);
    for (double value : state) {
      out.writeDouble(value);
    }
  }

  void restore(DataInput in) throws IOException {
    started = in.readBoolean();
    for (int i = 0; i < state.length; i++) {
      state[i] = in.readDouble();
    }
  }
}
