package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Finds peaks that no higher one precedes or follows within the refractory time. */
final class PeakFinder {
  /** Two beats are never closer, samples. */
  static final int REFRACTORY = QrsDetector.RATE / 5;

  private static final long NONE = -1;

  private double beforeLast;
  private double last;
  private long peak = NONE;
  private double height;

  /**
   * Takes the value of a sample.
   *
   * @return whether a peak is certain now; {@link #peak()} and {@link #height()} tell of it
   */
  boolean step(double value, long sample) {
    if (peak != NONE && sample - 1 - peak >= REFRACTORY) {
      peak = NONE;
      height = 0;
    }
    if (last > beforeLast && last >= value && last > height) {
      height = last;
      peak = sample - 1;
    }
    beforeLast = last;
    last = value;
    return peak != NONE && sample - peak == REFRACTORY;
  }

  long peak() {
    return peak;
  }

  double height() {
    return height;
  }

  void restart() {
    beforeLast = 0;
    last = 0;
    peak = NONE;
    height = 0;
  }

  void copyFrom(PeakFinder other) {
    beforeLast = other.beforeLast;
    last = other.last;
    peak = other.peak;
    height = other.height;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeDouble(beforeLast);
    out.writeDouble(last);
    out.writeLong(peak);
    out.writeDouble(height);
  }

  void restore(DataInput in) throws IOException {
    beforeLast = in.readDouble();
    last = in.readDouble();
    peak = in.readLong();
    height = in.readDouble();
  }
}
