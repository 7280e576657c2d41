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

  /** The same values in ascending order at each point. */
  private final float[][] sorted;

  private final float[][] median;
  private int count;
  private int next;

  BeatMedian(int channels, int length, int capacity) {
    this.length = length;
    this.capacity = capacity;
    beats = new float[channels][length * capacity];
    sorted = new float[channels][length * capacity];
    median = new float[channels][length];
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The median of a channel; not to be written to. */
  float[] of(int channel) {
    return median[channel];
  }

  void add(float[][] beat, boolean[] present) {
    int before = count;
    count = Math.min(count + 1, capacity);
    for (int channel = 0; channel < beats.length; channel++) {
      if (present[channel]) {
        for (int i = 0; i < length; i++) {
          int from = i * capacity;
          int gap =
              before < capacity
                  ? from + before
                  : Arrays.binarySearch(
                      sorted[channel], from, from + capacity, beats[channel][from + next]);
          insert(sorted[channel], from, from + count, gap, beat[channel][i]);
          beats[channel][from + next] = beat[channel][i];
        }
        update(channel);
      }
    }
    next = (next + 1) % capacity;
  }

  /** Puts a value in its place between {@code from} and {@code to}, instead of the one at a gap. */
  private static void insert(float[] values, int from, int to, int gap, float value) {
    int at = gap;
    for (; at > from && Float.compare(values[at - 1], value) > 0; at--) {
      values[at] = values[at - 1];
    }
    for (; at < to - 1 && Float.compare(values[at + 1], value) < 0; at++) {
      values[at] = values[at + 1];
    }
    values[at] = value;
  }

  private void update(int channel) {
    for (int i = 0; i < length; i++) {
      int from = i * capacity;
      median[channel][i] =
          (sorted[channel][from + (count - 1) / 2] + sorted[channel][from + count / 2]) / 2;
    }
  }

  void copyFrom(BeatMedian other) {
    count = other.count;
    next = other.next;
    for (int channel = 0; channel < beats.length; channel++) {
      System.arraycopy(other.beats[channel], 0, beats[channel], 0, beats[channel].length);
      System.arraycopy(other.sorted[channel], 0, sorted[channel], 0, sorted[channel].length);
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
          int from = i * capacity;
          System.arraycopy(beats[channel], from, sorted[channel], from, count);
          Arrays.sort(sorted[channel], from, from + count);
        }
        update(channel);
      }
    }
  }
}
