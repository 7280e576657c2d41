package io.physiowave.core.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

  private final QualityOptions options;
  private final double millivoltsPerUnit;
  private final int blockSamples;
  private final int saturatedSamples;
  private final float stepsPerSample;

  private final QualityBlocks blocks;

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
    blocks =
        new QualityBlocks(blockSamples, Math.max(spanSamples, windowSamples) / blockSamples + 3);
  }

  private ChannelQuality(ChannelQuality other) {
    options = other.options;
    millivoltsPerUnit = other.millivoltsPerUnit;
    blockSamples = other.blockSamples;
    saturatedSamples = other.saturatedSamples;
    stepsPerSample = other.stepsPerSample;
    blocks = other.blocks.copy();
    previous = other.previous;
    repeats = other.repeats;
    sessionMinimum = other.sessionMinimum;
    sessionMaximum = other.sessionMaximum;
  }

  /** A watch that has seen the same. */
  public ChannelQuality copy() {
    return new ChannelQuality(this);
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
      int slot = blocks.slot(number);
      blocks.add(slot, QualityBlocks.COUNT, length);
      if (electrodeOff) {
        blocks.add(slot, QualityBlocks.LEAD_OFF, length);
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
      int slot = blocks.slot(number);
      blocks.add(slot, QualityBlocks.COUNT, length);
      blocks.add(slot, QualityBlocks.LOST, length);
      index += length;
    }
    repeats = 0;
    previous = Float.NaN;
  }

  private void watch(float[] samples, int from, int to, int slot) {
    float low = blocks.extent(slot, QualityBlocks.MINIMUM);
    float high = blocks.extent(slot, QualityBlocks.MAXIMUM);
    float path = blocks.extent(slot, QualityBlocks.TRAVEL);
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
          blocks.add(
              slot, QualityBlocks.SATURATED, same == saturatedSamples ? saturatedSamples : 1);
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
        blocks.add(slot, QualityBlocks.NON_FINITE, 1);
        continue;
      }
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    blocks.setExtents(slot, low, high, path);
    sessionMinimum = lowest;
    sessionMaximum = highest;
    previous = before;
    repeats = same;
  }

  /** Forgets what came before, as after a long gap. */
  public void restart() {
    blocks.clear();
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
    long first = blocks.oldest(-Math.floorDiv(-start, (long) blockSamples));
    long last = blocks.newest(Math.floorDiv(end, (long) blockSamples) - 1);
    int slot = blocks.slotOfKnown(first);
    for (long number = first; number <= last; number++, slot = blocks.after(slot)) {
      int count = blocks.count(slot, QualityBlocks.COUNT);
      if (count == 0) {
        continue;
      }
      float minimum = blocks.extent(slot, QualityBlocks.MINIMUM);
      float maximum = blocks.extent(slot, QualityBlocks.MAXIMUM);
      total += count;
      invalid += blocks.count(slot, QualityBlocks.NON_FINITE);
      gap += blocks.count(slot, QualityBlocks.LOST);
      off += blocks.count(slot, QualityBlocks.LEAD_OFF);
      stuck += blocks.count(slot, QualityBlocks.SATURATED);
      path += blocks.extent(slot, QualityBlocks.TRAVEL);
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
    blocks.writeTo(out, Math.floorDiv(fromSample, (long) blockSamples));
  }

  /** Restores the state into a watch built with the same arguments. */
  public void restore(DataInput in) throws IOException {
    restoreFigures(in);
    blocks.restore(in);
  }

  /** Restores what was saved when every block had its number with it. */
  public void restoreSecondForm(DataInput in) throws IOException {
    restoreFigures(in);
    blocks.restoreSecondForm(in);
  }

  private void restoreFigures(DataInput in) throws IOException {
    previous = in.readFloat();
    repeats = in.readInt();
    sessionMinimum = in.readFloat();
    sessionMaximum = in.readFloat();
  }
}
