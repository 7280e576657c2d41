package io.physiowave.core.arrhythmia;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one interval of signal has held so far. */
final class IntervalTally {
  private final long index;
  private final Map<BeatKind, Integer> kinds = new EnumMap<>(BeatKind.class);
  private int rrIntervals;
  private double rrMillis;
  private IntervalStatistics normal = new IntervalStatistics();
  private final Set<String> episodes = new TreeSet<>();

  /** An empty interval, the index-th of its session. */
  IntervalTally(long index) {
    this.index = index;
  }

  long index() {
    return index;
  }

  void count(Beat beat) {
    kinds.merge(beat.kind(), 1, Integer::sum);
  }

  void addRr(double millis) {
    rrIntervals++;
    rrMillis += millis;
  }

  void addNn(double millis, double before) {
    normal.add(millis, before);
  }

  void note(String episode) {
    episodes.add(episode);
  }

  RhythmFigures figures(long length) {
    int beats = kinds.values().stream().mapToInt(Integer::intValue).sum();
    return new RhythmFigures(
        index * length,
        (index + 1) * length,
        beats,
        kinds.getOrDefault(BeatKind.SUPRAVENTRICULAR, 0),
        kinds.getOrDefault(BeatKind.VENTRICULAR, 0),
        kinds.getOrDefault(BeatKind.FUSION, 0),
        kinds.getOrDefault(BeatKind.UNKNOWN, 0),
        rrIntervals,
        rrIntervals == 0 ? 0 : rrMillis / rrIntervals,
        normal.count(),
        normal.sdnn(),
        normal.rmssd(),
        normal.pnn50(),
        normal.coefficientOfVariation(),
        episodes);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(index);
    for (BeatKind kind : BeatKind.values()) {
      out.writeInt(kinds.getOrDefault(kind, 0));
    }
    out.writeInt(rrIntervals);
    out.writeDouble(rrMillis);
    normal.writeTo(out);
    out.writeInt(episodes.size());
    for (String episode : episodes) {
      out.writeUTF(episode);
    }
  }

  static IntervalTally readFrom(DataInput in) throws IOException {
    IntervalTally tally = new IntervalTally(in.readLong());
    for (BeatKind kind : BeatKind.values()) {
      tally.kinds.put(kind, in.readInt());
    }
    tally.rrIntervals = in.readInt();
    tally.rrMillis = in.readDouble();
    tally.normal = IntervalStatistics.readFrom(in);
    for (int i = in.readInt(); i > 0; i--) {
      tally.episodes.add(in.readUTF());
    }
    return tally;
  }
}
