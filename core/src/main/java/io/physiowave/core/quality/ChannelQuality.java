package io.physiowave.core.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Watches one channel's raw samples and judges any recent stretch of them.
 *
 * <p>Figures are kept by blocks that lie at fixed positions of the session, about 20 ms long and
 * never longer than a sixteenth of the window, and a stretch is judged by the blocks inside it. So
 * the state is small and the verdict does not depend on how the samples arrived.
 */
public final class ChannelQuality {
  private static final double BLOCK_SECONDS = 0.02;
  private static final int BLOCKS_IN_A_WINDOW = 16;
  private static final double STEP_SECONDS = 0.004;
  private static final long EMPTY = Long.MIN_VALUE;

  private static final int COUNT = 0;
  private static final int NON_FINITE = 1;
  private static final int LOST = 2;
  private static final int LEAD_OFF = 3;
  private static final int SATURATED = 4;
  private static final int COUNTS = 5;

  private static final int MINIMUM = 0;
  private static final int MAXIMUM = 1;
  private static final int TRAVEL = 2;
  private static final int EXTENTS = 3;

  private static final int BLOCK_BYTES =
      Long.BYTES + COUNTS * Integer.BYTES + EXTENTS * Float.BYTES;

  private final QualityOptions options;
  private final double millivoltsPerUnit;
  private final int blockSamples;
  private final int saturatedSamples;
  private final float stepsPerSample;

  /** Which block a slot of the ring holds. */
  private final long[] block;

  /** Slot by slot the fields from {@link #COUNT} on: a block lies in one place of the memory. */
  private final int[] counts;

  /** Slot by slot the fields from {@link #MINIMUM} on. */
  private final float[] extents;

  private float previous = Float.NaN;
  private int repeats;
  private float sessionMinimum = Float.POSITIVE_INFINITY;
  private float sessionMaximum = Float.NEGATIVE_INFINITY;

  /**
   * A watch over one channel.
   *
   * @param millivoltsPerUnit size of the samples' unit in mV
   * @param sampleRateHz the stream's rate
   * @param windowSamples length of the stretches to be judged, samples of the stream
   * @param spanSamples how far back a stretch may begin, samples of the stream
   */
  public ChannelQuality(
      QualityOptions options,
      double millivoltsPerUnit,
      double sampleRateHz,
      int windowSamples,
      int spanSamples) {
    this.options = options;
    this.millivoltsPerUnit = millivoltsPerUnit;
    blockSamples =
        Math.max(
            1,
            Math.min(
                (int) Math.round(sampleRateHz * BLOCK_SECONDS),
                windowSamples / BLOCKS_IN_A_WINDOW));
    saturatedSamples = Math.max(3, (int) Math.round(sampleRateHz * options.saturatedSeconds()));
    stepsPerSample = (float) (STEP_SECONDS * sampleRateHz);
    int blocks = Math.max(spanSamples, windowSamples) / blockSamples + 3;
    block = new long[blocks];
    counts = new int[blocks * COUNTS];
    extents = new float[blocks * EXTENTS];
    Arrays.fill(block, EMPTY);
  }

  /**
   * Takes raw samples {@code [from, to)}, the first of which has the given index in the session.
   *
   * @param electrodeOff whether the device reported the electrode off for all of them
   */
  public void accept(float[] samples, int from, int to, long firstIndex, boolean electrodeOff) {
    int at = from;
    long index = firstIndex;
    while (at < to) {
      long number = Math.floorDiv(index, (long) blockSamples);
      int length = (int) Math.min(to - at, (number + 1) * blockSamples - index);
      int slot = slot(number);
      counts[slot * COUNTS + COUNT] += length;
      if (electrodeOff) {
        counts[slot * COUNTS + LEAD_OFF] += length;
      }
      watch(samples, at, at + length, slot);
      at += length;
      index += length;
    }
  }

  /** Counts samples that never came, from the given index in the session. */
  public void acceptLost(long firstIndex, int missing) {
    long index = firstIndex;
    long end = firstIndex + missing;
    while (index < end) {
      long number = Math.floorDiv(index, (long) blockSamples);
      int length = (int) (Math.min(end, (number + 1) * blockSamples) - index);
      int slot = slot(number);
      counts[slot * COUNTS + COUNT] += length;
      counts[slot * COUNTS + LOST] += length;
      index += length;
    }
    repeats = 0;
    previous = Float.NaN;
  }

  private int slot(long number) {
    int slot = (int) Math.floorMod(number, (long) block.length);
    if (block[slot] != number) {
      block[slot] = number;
      Arrays.fill(counts, slot * COUNTS, (slot + 1) * COUNTS, 0);
      extents[slot * EXTENTS + MINIMUM] = Float.POSITIVE_INFINITY;
      extents[slot * EXTENTS + MAXIMUM] = Float.NEGATIVE_INFINITY;
      extents[slot * EXTENTS + TRAVEL] = 0;
    }
    return slot;
  }

  private void watch(float[] samples, int from, int to, int slot) {
    int extent = slot * EXTENTS;
    float low = extents[extent + MINIMUM];
    float high = extents[extent + MAXIMUM];
    float path = extents[extent + TRAVEL];
    // Comparisons instead of Math.min and max: the values are finite, and seldom a new extreme.
    float lowest = sessionMinimum;
    float highest = sessionMaximum;
    float before = previous;
    int same = repeats;
    for (int i = from; i < to; i++) {
      float value = samples[i];
      if (value == before) {
        same++;
        if (same >= saturatedSamples && (value >= highest || value <= lowest)) {
          counts[slot * COUNTS + SATURATED] += same == saturatedSamples ? saturatedSamples : 1;
        }
      } else if (Math.abs(value) <= Float.MAX_VALUE) {
        same = 1;
        if (!Float.isNaN(before)) {
          path += Math.abs(value - before);
        }
        before = value;
        lowest = value < lowest ? value : lowest;
        highest = value > highest ? value : highest;
      } else {
        counts[slot * COUNTS + NON_FINITE]++;
        continue;
      }
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    extents[extent + MINIMUM] = low;
    extents[extent + MAXIMUM] = high;
    extents[extent + TRAVEL] = path;
    sessionMinimum = lowest;
    sessionMaximum = highest;
    previous = before;
    repeats = same;
  }

  /** Forgets what came before, as after a long gap. */
  public void restart() {
    Arrays.fill(block, EMPTY);
    previous = Float.NaN;
    repeats = 0;
    sessionMinimum = Float.POSITIVE_INFINITY;
    sessionMaximum = Float.NEGATIVE_INFINITY;
  }

  /**
   * Judges the samples {@code [start, end)} of the session, all of which have been given or lie
   * outside it.
   */
  public SignalQuality assess(long start, long end) {
    int total = 0;
    int invalid = 0;
    int gap = 0;
    int off = 0;
    int stuck = 0;
    int flat = 0;
    int longestFlat = 0;
    float flatLow = Float.POSITIVE_INFINITY;
    float flatHigh = Float.NEGATIVE_INFINITY;
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    float path = 0;
    double flatRange = options.flatRangeMillivolts() / millivoltsPerUnit;
    long first = -Math.floorDiv(-start, (long) blockSamples);
    long last = Math.floorDiv(end, (long) blockSamples) - 1;
    int slot = (int) Math.floorMod(first, (long) block.length);
    for (long number = first; number <= last; number++, slot++) {
      slot = slot == block.length ? 0 : slot;
      if (block[slot] != number) {
        continue;
      }
      int tally = slot * COUNTS;
      int extent = slot * EXTENTS;
      int count = counts[tally + COUNT];
      float minimum = extents[extent + MINIMUM];
      float maximum = extents[extent + MAXIMUM];
      total += count;
      invalid += counts[tally + NON_FINITE];
      gap += counts[tally + LOST];
      off += counts[tally + LEAD_OFF];
      stuck += counts[tally + SATURATED];
      path += extents[extent + TRAVEL];
      low = Math.min(low, minimum);
      high = Math.max(high, maximum);
      flatLow = Math.min(flatLow, minimum);
      flatHigh = Math.max(flatHigh, maximum);
      if (flatHigh - flatLow <= flatRange) {
        flat += count;
      } else {
        flat = maximum - minimum <= flatRange ? count : 0;
        flatLow = minimum;
        flatHigh = maximum;
      }
      longestFlat = Math.max(longestFlat, flat);
    }
    if (total == 0) {
      return new SignalQuality(QualityLevel.BAD, "no samples");
    }
    Verdict verdict = new Verdict(total);
    verdict.share("samples lost", gap, options.usableMissingShare(), options.badMissingShare());
    verdict.share("not a number", invalid, options.usableMissingShare(), options.badMissingShare());
    verdict.share("lead off", off, options.usableLeadOffShare(), options.badLeadOffShare());
    verdict.share("flatline", longestFlat, options.usableFlatShare(), options.badFlatShare());
    verdict.share("saturated", stuck, options.usableSaturatedShare(), options.badSaturatedShare());
    if (high >= low) {
      verdict.level(
          "range",
          (high - low) * millivoltsPerUnit,
          options.usableRangeMillivolts(),
          options.badRangeMillivolts());
      verdict.level(
          "noise",
          path / (total - gap - invalid) * stepsPerSample * millivoltsPerUnit,
          options.usableNoiseMillivolts(),
          options.badNoiseMillivolts());
    }
    return verdict.result();
  }

  /** Takes over the state of a watch built with the same arguments. */
  public void copyFrom(ChannelQuality other) {
    System.arraycopy(other.block, 0, block, 0, block.length);
    System.arraycopy(other.counts, 0, counts, 0, counts.length);
    System.arraycopy(other.extents, 0, extents, 0, extents.length);
    previous = other.previous;
    repeats = other.repeats;
    sessionMinimum = other.sessionMinimum;
    sessionMaximum = other.sessionMaximum;
  }

  /**
   * Saves the state.
   *
   * @param fromSample stretches that begin before this sample of the session will not be judged any
   *     more
   */
  public void writeTo(DataOutput out, long fromSample) throws IOException {
    out.writeFloat(previous);
    out.writeInt(repeats);
    out.writeFloat(sessionMinimum);
    out.writeFloat(sessionMaximum);
    long oldest = Math.floorDiv(fromSample, (long) blockSamples);
    int used = 0;
    for (long number : block) {
      used += number >= oldest ? 1 : 0;
    }
    out.writeInt(used);
    ByteBuffer bytes = ByteBuffer.allocate(used * BLOCK_BYTES);
    for (int slot = 0; slot < block.length; slot++) {
      if (block[slot] >= oldest) {
        bytes.putLong(block[slot]);
        for (int i = slot * COUNTS; i < (slot + 1) * COUNTS; i++) {
          bytes.putInt(counts[i]);
        }
        for (int i = slot * EXTENTS; i < (slot + 1) * EXTENTS; i++) {
          bytes.putFloat(extents[i]);
        }
      }
    }
    out.write(bytes.array());
  }

  /** Restores the state into a watch built with the same arguments. */
  public void restore(DataInput in) throws IOException {
    restart();
    previous = in.readFloat();
    repeats = in.readInt();
    sessionMinimum = in.readFloat();
    sessionMaximum = in.readFloat();
    byte[] saved = new byte[Math.multiplyExact(in.readInt(), BLOCK_BYTES)];
    in.readFully(saved);
    for (ByteBuffer bytes = ByteBuffer.wrap(saved); bytes.hasRemaining(); ) {
      long number = bytes.getLong();
      int slot = (int) Math.floorMod(number, (long) block.length);
      if (block[slot] > number) {
        // Saved by a release with a longer ring, and no longer needed.
        bytes.position(bytes.position() + BLOCK_BYTES - Long.BYTES);
        continue;
      }
      block[slot] = number;
      for (int i = slot * COUNTS; i < (slot + 1) * COUNTS; i++) {
        counts[i] = bytes.getInt();
      }
      for (int i = slot * EXTENTS; i < (slot + 1) * EXTENTS; i++) {
        extents[i] = bytes.getFloat();
      }
    }
  }
}
