package io.physiowave.core.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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

  private final QualityOptions options;
  private final double millivoltsPerUnit;
  private final int blockSamples;
  private final int saturatedSamples;
  private final float stepsPerSample;

  private final long[] block;
  private final int[] count;
  private final int[] nonFinite;
  private final int[] lost;
  private final int[] leadOff;
  private final int[] saturated;
  private final float[] minimum;
  private final float[] maximum;
  private final float[] travel;

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
    count = new int[blocks];
    nonFinite = new int[blocks];
    lost = new int[blocks];
    leadOff = new int[blocks];
    saturated = new int[blocks];
    minimum = new float[blocks];
    maximum = new float[blocks];
    travel = new float[blocks];
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
      count[slot] += length;
      if (electrodeOff) {
        leadOff[slot] += length;
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
      count[slot] += length;
      lost[slot] += length;
      index += length;
    }
    repeats = 0;
    previous = Float.NaN;
  }

  private int slot(long number) {
    int slot = (int) Math.floorMod(number, (long) block.length);
    if (block[slot] != number) {
      block[slot] = number;
      count[slot] = 0;
      nonFinite[slot] = 0;
      lost[slot] = 0;
      leadOff[slot] = 0;
      saturated[slot] = 0;
      minimum[slot] = Float.POSITIVE_INFINITY;
      maximum[slot] = Float.NEGATIVE_INFINITY;
      travel[slot] = 0;
    }
    return slot;
  }

  private void watch(float[] samples, int from, int to, int slot) {
    float low = minimum[slot];
    float high = maximum[slot];
    float path = travel[slot];
    for (int i = from; i < to; i++) {
      float value = samples[i];
      if (value == previous) {
        repeats++;
        if (repeats >= saturatedSamples && (value >= sessionMaximum || value <= sessionMinimum)) {
          saturated[slot] += repeats == saturatedSamples ? saturatedSamples : 1;
        }
      } else if (Math.abs(value) <= Float.MAX_VALUE) {
        repeats = 1;
        if (!Float.isNaN(previous)) {
          path += Math.abs(value - previous);
        }
        previous = value;
        sessionMinimum = Math.min(sessionMinimum, value);
        sessionMaximum = Math.max(sessionMaximum, value);
      } else {
        nonFinite[slot]++;
        continue;
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    minimum[slot] = low;
    maximum[slot] = high;
    travel[slot] = path;
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
    for (long number = first; number <= last; number++) {
      int slot = (int) Math.floorMod(number, (long) block.length);
      if (block[slot] != number) {
        continue;
      }
      total += count[slot];
      invalid += nonFinite[slot];
      gap += lost[slot];
      off += leadOff[slot];
      stuck += saturated[slot];
      path += travel[slot];
      low = Math.min(low, minimum[slot]);
      high = Math.max(high, maximum[slot]);
      flatLow = Math.min(flatLow, minimum[slot]);
      flatHigh = Math.max(flatHigh, maximum[slot]);
      if (flatHigh - flatLow <= flatRange) {
        flat += count[slot];
      } else {
        flat = maximum[slot] - minimum[slot] <= flatRange ? count[slot] : 0;
        flatLow = minimum[slot];
        flatHigh = maximum[slot];
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

  /** Saves the state. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeFloat(previous);
    out.writeInt(repeats);
    out.writeFloat(sessionMinimum);
    out.writeFloat(sessionMaximum);
    int used = 0;
    for (long number : block) {
      used += number == EMPTY ? 0 : 1;
    }
    out.writeInt(used);
    for (int slot = 0; slot < block.length; slot++) {
      if (block[slot] == EMPTY) {
        continue;
      }
      out.writeLong(block[slot]);
      out.writeInt(count[slot]);
      out.writeInt(nonFinite[slot]);
      out.writeInt(lost[slot]);
      out.writeInt(leadOff[slot]);
      out.writeInt(saturated[slot]);
      out.writeFloat(minimum[slot]);
      out.writeFloat(maximum[slot]);
      out.writeFloat(travel[slot]);
    }
  }

  /** Restores the state into a watch built with the same arguments. */
  public void restore(DataInput in) throws IOException {
    restart();
    previous = in.readFloat();
    repeats = in.readInt();
    sessionMinimum = in.readFloat();
    sessionMaximum = in.readFloat();
    int used = in.readInt();
    for (int i = 0; i < used; i++) {
      int slot = slot(in.readLong());
      count[slot] = in.readInt();
      nonFinite[slot] = in.readInt();
      lost[slot] = in.readInt();
      leadOff[slot] = in.readInt();
      saturated[slot] = in.readInt();
      minimum[slot] = in.readFloat();
      maximum[slot] = in.readFloat();
      travel[slot] = in.readFloat();
    }
  }
}
