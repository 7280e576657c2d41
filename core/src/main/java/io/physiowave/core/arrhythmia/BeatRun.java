package io.physiowave.core.arrhythmia;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;

/** Beats that make up an episode: where it began, how far it goes, how sure its beats are. */
final class BeatRun {
  private long first;
  private long last;
  private long count;
  private double probabilities;

  /** Empties it. */
  void clear() {
    count = 0;
    probabilities = 0;
  }

  void add(Beat beat) {
    if (count == 0) {
      first = beat.sample();
    }
    last = beat.sample();
    count++;
    probabilities += beat.probability();
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  long count() {
    return count;
  }

  /** Mean rate between first and last beat, per minute; 0 below two beats. */
  double ratePerMinute(double sampleRateHz) {
    return count < 2 ? 0 : 60 * sampleRateHz * (count - 1) / (last - first);
  }

  /** What is told of it; the rate only where every beat between first and last was added. */
  Episode episode(String kind, String label, EventPhase phase, double ratePerMinute) {
    return new Episode(
        kind,
        label,
        phase,
        first,
        phase == EventPhase.OFFSET ? OptionalLong.of(last) : OptionalLong.empty(),
        (float) Math.min(1, probabilities / count),
        count,
        ratePerMinute);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(first);
    out.writeLong(last);
    out.writeLong(count);
    out.writeDouble(probabilities);
  }

  void restore(DataInput in) throws IOException {
    first = in.readLong();
    last = in.readLong();
    count = in.readLong();
    probabilities = in.readDouble();
  }
}
