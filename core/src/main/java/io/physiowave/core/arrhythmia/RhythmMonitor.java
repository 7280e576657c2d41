package io.physiowave.core.arrhythmia;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Follows the beats of one session: figures of each interval of signal, and episodes. All of it
 * depends on the beats alone, in the order of their samples, and the state is bounded.
 *
 * <p>A beat whose class is unknown ends runs and patterns and takes part in no interval. A stretch
 * of more than {@value #BREAK_SECONDS} s without a beat ends everything: whether the heart stood or
 * the signal was lost, labels do not tell.
 */
public final class RhythmMonitor {
  /** A longer time between two beats is no interval. */
  static final double BREAK_SECONDS = 10;

  /** Sinus pause: 2018 ACC/AHA/HRS guideline on bradycardia, more than 3 s. */
  static final double PAUSE_SECONDS = 3;

  /** Kind of the episode between two beats that are far apart. */
  static final String PAUSE = "pause";

  private static final int FIRST_FORM = 1;
  private static final int VERSION = 2;
  private static final double NONE = Double.NaN;

  private final double sampleRateHz;
  private final long intervalSamples;
  private final VentricularRuns runs = new VentricularRuns();
  private final List<EctopicPattern> patterns =
      List.of(new EctopicPattern("bigeminy", 2), new EctopicPattern("trigeminy", 3));
  private final FibrillationWatch fibrillation = new FibrillationWatch();
  private IntervalTally tally;
  private Beat last;
  private double lastNn = NONE;
  private boolean fibrillationTookLast;

  /**
   * A session whose beats are to come.
   *
   * @param sampleRateHz to which the beats' samples refer, more than 0
   * @param intervalSeconds length of an interval of figures, more than 0
   */
  public RhythmMonitor(double sampleRateHz, double intervalSeconds) {
    this.sampleRateHz = sampleRateHz;
    intervalSamples = Math.max(1, Math.round(sampleRateHz * intervalSeconds));
  }

  /** Takes the next beat; three ventricular ones in a row are a run. */
  public boolean accept(Beat beat, Consumer<RhythmFigures> figures, Consumer<Episode> episodes) {
    return accept(beat, VentricularRuns.USUAL_LEAST, figures, episodes);
  }

  /**
   * Takes the next beat.
   *
   * @param leastRun ventricular beats in a row that are tachycardia when they are fast, 3 or 4
   * @param figures receives the figures of an interval when the first beat behind it comes
   * @param episodes receives onsets and offsets
   * @return whether it was taken: a beat not behind the one before it is not
   */
  public boolean accept(
      Beat beat, int leastRun, Consumer<RhythmFigures> figures, Consumer<Episode> episodes) {
    if (last != null && beat.sample() <= last.sample()) {
      return false;
    }
    Consumer<Episode> out = noting(episodes);
    double seconds = last == null ? NONE : (beat.sample() - last.sample()) / sampleRateHz;
    boolean follows = seconds <= BREAK_SECONDS;
    if (!follows) {
      // Before the next interval begins, in which it is no longer under way.
      interrupt(out);
    }
    long index = Math.floorDiv(beat.sample(), intervalSamples);
    if (tally == null || index != tally.index()) {
      flush(figures);
      tally = new IntervalTally(index);
    }
    noteWhatGoesOn();
    tally.count(beat);
    if (follows) {
      interval(beat, seconds, out);
    }
    runs.accept(beat, leastRun, sampleRateHz, out);
    patterns.forEach(pattern -> pattern.accept(beat, out));
    last = beat;
    return true;
  }

  /** Notes what is told in the figures of the interval. */
  private Consumer<Episode> noting(Consumer<Episode> episodes) {
    return episode -> {
      tally.note(episode.kind());
      episodes.accept(episode);
    };
  }

  private void noteWhatGoesOn() {
    if (runs.isRun()) {
      tally.note(VentricularRuns.KIND);
    }
    for (EctopicPattern pattern : patterns) {
      if (pattern.isActive()) {
        tally.note(pattern.kind());
      }
    }
    if (fibrillation.isSuspected()) {
      tally.note(FibrillationWatch.KIND);
    }
  }

  private void interval(Beat beat, double seconds, Consumer<Episode> out) {
    boolean isRr = last.kind() != BeatKind.UNKNOWN && beat.kind() != BeatKind.UNKNOWN;
    boolean isNn = last.kind() == BeatKind.NORMAL && beat.kind() == BeatKind.NORMAL;
    double millis = seconds * 1000;
    if (isRr) {
      tally.addRr(millis);
      if (seconds > PAUSE_SECONDS) {
        pause(beat, out);
      }
    }
    if (isNn) {
      tally.addNn(millis, lastNn);
    }
    lastNn = isNn ? millis : NONE;
    if (isNn) {
      fibrillation.accept(seconds, beat.sample(), fibrillationTookLast, out);
    }
    fibrillationTookLast = isNn;
  }

  private void pause(Beat beat, Consumer<Episode> out) {
    for (EventPhase phase : EventPhase.values()) {
      out.accept(
          new Episode(
              PAUSE,
              "PAUSE",
              phase,
              last.sample(),
              phase == EventPhase.OFFSET ? OptionalLong.of(beat.sample()) : OptionalLong.empty(),
              Math.min(1, (last.probability() + beat.probability()) / 2),
              2,
              0));
    }
  }

  private void interrupt(Consumer<Episode> out) {
    runs.end(sampleRateHz, out);
    patterns.forEach(pattern -> pattern.end(out));
    fibrillation.restart(out);
    lastNn = NONE;
    fibrillationTookLast = false;
  }

  private void flush(Consumer<RhythmFigures> figures) {
    if (tally != null) {
      figures.accept(tally.figures(intervalSamples));
      tally = null;
    }
  }

  /** Ends the session: nothing more comes. */
  public void finish(Consumer<RhythmFigures> figures, Consumer<Episode> episodes) {
    interrupt(noting(episodes));
    flush(figures);
  }

  /** Saves the state. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeDouble(sampleRateHz);
    out.writeLong(intervalSamples);
    runs.writeTo(out);
    for (EctopicPattern pattern : patterns) {
      pattern.writeTo(out);
    }
    fibrillation.writeTo(sampleRateHz, out);
    out.writeBoolean(tally != null);
    if (tally != null) {
      tally.writeTo(out);
    }
    out.writeBoolean(last != null);
    if (last != null) {
      out.writeLong(last.sample());
      out.writeUTF(last.kind().name());
      out.writeFloat(last.probability());
    }
    out.writeDouble(lastNn);
    out.writeBoolean(fibrillationTookLast);
  }

  /** Restores what {@link #writeTo} saved; the monitor continues bit for bit. */
  public static RhythmMonitor readFrom(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION && version != FIRST_FORM) {
      throw new IOException(
          "the saved rhythm of a stream has form "
              + version
              + "; this version reads "
              + FIRST_FORM
              + " and "
              + VERSION);
    }
    boolean isFirstForm = version == FIRST_FORM;
    double rate = in.readDouble();
    RhythmMonitor monitor = new RhythmMonitor(rate, in.readLong() / rate);
    monitor.runs.restore(in, isFirstForm);
    for (EctopicPattern pattern : monitor.patterns) {
      pattern.restore(in);
    }
    if (isFirstForm) {
      monitor.fibrillation.restoreFirstForm(in);
    } else {
      monitor.fibrillation.restore(rate, in);
    }
    if (in.readBoolean()) {
      monitor.tally = IntervalTally.readFrom(in);
    }
    if (in.readBoolean()) {
      monitor.last = new Beat(in.readLong(), BeatKind.valueOf(in.readUTF()), in.readFloat());
    }
    monitor.lastNn = in.readDouble();
    monitor.fibrillationTookLast = in.readBoolean();
    return monitor;
  }
}
