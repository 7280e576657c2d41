package io.physiowave.core.rhythm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last few aligned beats and their pointwise median, channel by channel. */
final class BeatMedian {
  private final int length;
  private final int capacity;

  /** {@code float[channels][length * capacity]}: the beats' values side by side at each point. */
  private final float[][] beats;

  private final float[][] median;
  private final float[] sorted;
  private int count;
  private int next;

  BeatMedian(int channels, int length, int capacity) {
    this.length = length;
    this.capacity = capacity;
    beats = new float[channels][length * capacity];
    median = new float[channels][length];
    sorted = new float[capacity];
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The median of a channel; not to be written to. */
  float[] of(int channel) {
    return median[channel];
  }

  void add(float[][] beat, boolean[] present) {
    count = Math.min(count + 1, capacity);
    for (int channel = 0; channel < beats.length; channel++) {
      if (present[channel]) {
        for (int i = 0; i < length; i++) {
          beats[channel][i * capacity + next] = beat[channel][i];
        }
        update(channel);
      }
    }
    next = (next + 1) % capacity;
  }

  private void update(int channel) {
    for (int i = 0; i < length; i++) {
      System.arraycopy(beats[channel], i * capacity, sorted, 0, count);
      Arrays.sort(sorted, 0, count);
      median[channel][i] = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }
  }

  void copyFrom(BeatMedian other) {
    count = other.count;
    next = other.next;
    for (int channel = 0; channel < beats.length; channel++) {
      System.arraycopy(other.beats[channel], 0, beats[channel], 0, beats[channel].length);
      System.arraycopy(other.median[channel], 0, median[channel], 0, length);
    }
  }

  void writeTo(DataOutput out, boolean[] present) throws IOException {
    out.writeInt(count);
    out.writeInt(next);
    for (int channel = 0; channel < beats.length; channel++) {
      if (present[channel]) {
        for (int i = 0; i < length; i++) {
          for (int beat = 0; beat < count; beat++) {
            out.writeFloat(beats[channel][i * capacity + beat]);
          }
        }
      }
    }
  }

  void restore(DataInput in, boolean[] present) throws IOException {
    count = in.readInt();
    next = in.readInt();
    for (int channel = 0; channel < beats.length; channel++) {
      if (present[channel]) {
        for (int i = 0; i < length; i++) {
          for (int beat = 0; beat < count; beat++) {
            beats[channel][i * capacity + beat] = in.readFloat();
          }
        }
        update(channel);
      }
    }
  }
}
