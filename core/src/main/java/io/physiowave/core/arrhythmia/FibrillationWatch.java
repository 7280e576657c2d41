package io.physiowave.core.arrhythmia;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Suspects atrial fibrillation while the last 128 intervals are as irregular as {@link
 * FibrillationMeasures} say, judged every 32 intervals. Only intervals between two normal beats
 * count: premature ones of either kind would look like irregularity.
 */
final class FibrillationWatch {
  static final String KIND = "af-suspected";

  private static final int SEGMENT = 128;
  private static final int STEP = 32;

  /** With fewer pairs of neighbouring intervals a segment is not judged. */
  private static final int LEAST_NEIGHBOURS = 96;

  private final float[] intervals = new float[SEGMENT];
  private final boolean[] follows = new boolean[SEGMENT];
  private final long[] ends = new long[SEGMENT];
  private int count;
  private int next;
  private int sinceJudged;
  private boolean suspected;
  private long onset;
  private long last;
  private long beats;

  /**
   * Takes an interval.
   *
   * @param seconds its length
   * @param endSample where it ends
   * @param isNeighbour whether the interval taken before ends where this one begins
   */
  void accept(double seconds, long endSample, boolean isNeighbour, Consumer<Episode> out) {
    intervals[next] = (float) seconds;
    follows[next] = isNeighbour;
    ends[next] = endSample;
    next = (next + 1) % SEGMENT;
    count = Math.min(SEGMENT, count + 1);
    sinceJudged++;
    if (count == SEGMENT && sinceJudged >= STEP) {
      sinceJudged = 0;
      judge(endSample, out);
    }
  }

  private void judge(long endSample, Consumer<Episode> out) {
    float[] ordered = new float[SEGMENT];
    boolean[] neighbours = new boolean[SEGMENT];
    int pairs = 0;
    for (int i = 0; i < SEGMENT; i++) {
      int at = (next + i) % SEGMENT;
      ordered[i] = intervals[at];
      neighbours[i] = follows[at];
      pairs += i > 0 && neighbours[i] ? 1 : 0;
    }
    boolean fibrillates =
        pairs >= LEAST_NEIGHBOURS
            && FibrillationMeasures.of(ordered, neighbours).suggestFibrillation();
    if (fibrillates && !suspected) {
      suspected = true;
      onset = ends[next];
      last = endSample;
      beats = SEGMENT;
      out.accept(episode(EventPhase.ONSET));
    } else if (fibrillates) {
      last = endSample;
      beats += STEP;
    } else {
      end(out);
    }
  }

  /** Whether it is suspected now. */
  boolean isSuspected() {
    return suspected;
  }

  /** Ends the suspicion and forgets all intervals. */
  void restart(Consumer<Episode> out) {
    end(out);
    count = 0;
    sinceJudged = 0;
  }

  private void end(Consumer<Episode> out) {
    if (suspected) {
      suspected = false;
      out.accept(episode(EventPhase.OFFSET));
    }
  }

  /** The measures have thresholds but no probability: the confidence is 0. */
  private Episode episode(EventPhase phase) {
    return new Episode(
        KIND,
        "AF_SUSPECTED",
        phase,
        onset,
        phase == EventPhase.OFFSET ? OptionalLong.of(last) : OptionalLong.empty(),
        0,
        beats,
        0);
  }

  /**
   * Saves the intervals from the oldest on, in samples: where one ends, the next begins, unless it
   * does not follow.
   */
  void writeTo(double sampleRateHz, DataOutput out) throws IOException {
    out.writeByte(count);
    long reached = count == 0 ? 0 : ends[oldest()];
    out.writeLong(reached);
    for (int i = 0; i < count; i++) {
      int at = (oldest() + i) % SEGMENT;
      long samples = Math.round(intervals[at] * sampleRateHz);
      long gap = i == 0 ? 0 : ends[at] - samples - reached;
      PackedNumbers.write((samples << 2) + (follows[at] ? 2 : 0) + (gap == 0 ? 0 : 1), out);
      if (gap != 0) {
        PackedNumbers.write(gap, out);
      }
      reached = ends[at];
    }
    writeRest(out);
  }

  private int oldest() {
    return (next - count + SEGMENT) % SEGMENT;
  }

  /** Restores what {@link #writeTo} saved. */
  void restore(double sampleRateHz, DataInput in) throws IOException {
    count = in.readUnsignedByte();
    next = count % SEGMENT;
    long reached = in.readLong();
    for (int i = 0; i < count; i++) {
      long packed = PackedNumbers.read(in);
      long samples = packed >> 2;
      long gap = (packed & 1) == 0 ? 0 : PackedNumbers.read(in);
      reached = i == 0 ? reached : reached + gap + samples;
      intervals[i] = (float) (samples / sampleRateHz);
      follows[i] = (packed & 2) != 0;
      ends[i] = reached;
    }
    restoreRest(in);
  }

  /** Restores the form before: all places of the ring, each with its length and end. */
  void restoreFirstForm(DataInput in) throws IOException {
    count = in.readInt();
    next = in.readInt();
    for (int i = 0; i < SEGMENT; i++) {
      intervals[i] = in.readFloat();
      follows[i] = in.readBoolean();
      ends[i] = in.readLong();
    }
    restoreRest(in);
  }

  private void writeRest(DataOutput out) throws IOException {
    out.writeInt(sinceJudged);
    out.writeBoolean(suspected);
    out.writeLong(onset);
    out.writeLong(last);
    out.writeLong(beats);
  }

  private void restoreRest(DataInput in) throws IOException {
    sinceJudged = in.readInt();
    suspected = in.readBoolean();
    onset = in.readLong();
    last = in.readLong();
    beats = in.readLong();
  }
}
