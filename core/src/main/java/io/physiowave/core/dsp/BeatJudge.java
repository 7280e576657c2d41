package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Tells beats from noise and T waves among the candidates, by thresholds that follow the signal.
 *
 * <p>The rules are those of Hamilton and Tompkins (1986) and Hamilton (2002): a threshold between
 * the medians of the last eight beats' and rejected peaks' heights, T-wave rejection by slope, and
 * a search back with a lower threshold when a beat is overdue.
 */
final class BeatJudge {
  private static final int RATE = QrsDetector.RATE;
  private static final int LEARNING = 2 * RATE;
  private static final int SETTLING = RATE;

  /** By how much a peak may look too high before the level has settled. */
  private static final double MOST_UNSETTLED = 3;

  private static final int RECENT = 8;
  private static final double THRESHOLD = 0.36;
  private static final double SEARCH_BACK_THRESHOLD = 0.5;
  private static final double OVERDUE = 1.5;
  private static final int LATEST_SEARCH = 2 * RATE;
  private static final int T_WAVE = RATE * 36 / 100;
  private static final double T_WAVE_SLOPE = 0.5;
  private static final double FIRST_NOISE = 0.1;

  /** Without a beat for so long, samples, the thresholds must be wrong. */
  private static final int FORLORN = 8 * RATE;

  private static final int MOST_CANDIDATES = 16;

  private final RecentValues beats = new RecentValues(RECENT, 0);
  private final RecentValues rejects = new RecentValues(RECENT, 0);
  private final RecentValues intervals = new RecentValues(RECENT, RATE);
  private final ArrayDeque<BeatCandidate> waiting = new ArrayDeque<>();
  private final Consumer<BeatCandidate> out;
  private BeatCandidate latest;
  private boolean learnt;
  private long firstSample;

  /** What became of a candidate. */
  enum Verdict {
    BEAT,
    NOISE,
    T_WAVE,
    /** The thresholds are still being learned. */
    OPEN
  }

  /**
   * A judge of one stream.
   *
   * @param out receives the beats
   */
  BeatJudge(Consumer<BeatCandidate> out) {
    this.out = out;
  }

  /** Begins at a sample of the detector. */
  void restart(long sample) {
    waiting.clear();
    latest = null;
    firstSample = sample;
  }

  /** Judges a candidate. */
  Verdict judge(BeatCandidate candidate) {
    if (!learnt) {
      keep(candidate);
      return Verdict.OPEN;
    }
    boolean afterBeat = latest != null && candidate.peak() - latest.peak() < T_WAVE;
    if (afterBeat && candidate.slope() < T_WAVE_SLOPE * latest.slope()) {
      rejects.add(candidate.height());
      return Verdict.T_WAVE;
    }
    if (candidate.height() > threshold()) {
      accept(candidate);
      waiting.clear();
      return Verdict.BEAT;
    }
    rejects.add(candidate.height());
    keep(candidate);
    return Verdict.NOISE;
  }

  private double threshold() {
    double noise = rejects.median();
    return noise + THRESHOLD * (beats.median() - noise);
  }

  private void keep(BeatCandidate candidate) {
    if (waiting.size() == MOST_CANDIDATES) {
      waiting.remove();
    }
    waiting.add(candidate);
  }

  private void accept(BeatCandidate candidate) {
    if (latest != null) {
      intervals.add((double) (candidate.peak() - latest.peak()));
    }
    beats.add(candidate.height());
    latest = candidate;
    out.accept(candidate);
  }

  /** Sees the time pass: ends the learning, and looks back for an overdue beat. */
  void tick(long sample) {
    if (!learnt) {
      if (sample - firstSample >= LEARNING && !waiting.isEmpty()) {
        learn();
      }
      return;
    }
    long since = latest == null ? firstSample : latest.peak();
    if (sample - since > FORLORN) {
      restart(sample);
      learnt = false;
    } else if (latest != null
        && sample - since
            > Math.min(OVERDUE * intervals.median() + PeakFinder.REFRACTORY, LATEST_SEARCH)) {
      searchBack(sample);
    }
  }

  /** Judges what waits for the learning to end. */
  void finish() {
    if (!learnt && !waiting.isEmpty()) {
      learn();
    }
  }

  /**
   * Judges what was seen while learning: the highest peak of two seconds is taken for a beat. In
   * the first of them the level to which heights are relative may still be that of no beats, so
   * that peaks look higher than those to come, and are only compared with each other.
   */
  private void learn() {
    BeatCandidate[] seen = waiting.toArray(BeatCandidate[]::new);
    waiting.clear();
    learnt = true;
    double highest = highest(seen, 0);
    expect(highest);
    boolean isSettled = false;
    for (BeatCandidate candidate : seen) {
      if (!isSettled && candidate.peak() - firstSample >= SETTLING) {
        isSettled = true;
        expect(Math.max(highest(seen, SETTLING), highest / MOST_UNSETTLED));
      }
      judge(candidate);
    }
  }

  private double highest(BeatCandidate[] seen, int from) {
    double highest = 0;
    for (BeatCandidate candidate : seen) {
      if (candidate.peak() - firstSample >= from) {
        highest = Math.max(highest, candidate.height());
      }
    }
    return highest;
  }

  private void expect(double height) {
    beats.fill(height);
    rejects.fill(height * FIRST_NOISE);
  }

  private void searchBack(long sample) {
    BeatCandidate best = null;
    for (BeatCandidate candidate : waiting) {
      if (candidate.peak() - latest.peak() >= T_WAVE
          && sample - candidate.peak() <= LATEST_SEARCH
          && candidate.height() > SEARCH_BACK_THRESHOLD * threshold()
          && (best == null || candidate.height() > best.height())) {
        best = candidate;
      }
    }
    if (best != null) {
      for (Iterator<BeatCandidate> i = waiting.iterator(); i.hasNext(); ) {
        if (i.next().peak() <= best.peak()) {
          i.remove();
        }
      }
      accept(best);
    }
  }

  void copyFrom(BeatJudge other) {
    beats.copyFrom(other.beats);
    rejects.copyFrom(other.rejects);
    intervals.copyFrom(other.intervals);
    waiting.clear();
    waiting.addAll(other.waiting);
    latest = other.latest;
    learnt = other.learnt;
    firstSample = other.firstSample;
  }

  void writeTo(DataOutput out) throws IOException {
    beats.writeTo(out);
    rejects.writeTo(out);
    intervals.writeTo(out);
    out.writeInt(waiting.size());
    for (BeatCandidate candidate : waiting) {
      candidate.writeTo(out);
    }
    out.writeBoolean(latest != null);
    if (latest != null) {
      latest.writeTo(out);
    }
    out.writeBoolean(learnt);
    out.writeLong(firstSample);
  }

  void restore(DataInput in) throws IOException {
    beats.restore(in);
    rejects.restore(in);
    intervals.restore(in);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      waiting.add(BeatCandidate.readFrom(in));
    }
    latest = in.readBoolean() ? BeatCandidate.readFrom(in) : null;
    learnt = in.readBoolean();
    firstSample = in.readLong();
  }
}
