package io.physiowave.core.arrhythmia;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Single ventricular beats at a fixed distance: every second beat in bigeminy, every third in
 * trigeminy. Told at the third such beat, from the first on; over when the next one is not where
 * the pattern wants it.
 */
final class EctopicPattern {
  private static final int LEAST_CYCLES = 3;

  private final String kind;
  private final int between;
  private final BeatRun ventricular = new BeatRun();
  private int since;

  /**
   * A pattern.
   *
   * @param kind its name
   * @param period beats from one ventricular beat to the next
   */
  EctopicPattern(String kind, int period) {
    this.kind = kind;
    between = period - 1;
  }

  String kind() {
    return kind;
  }

  void accept(Beat beat, Consumer<Episode> out) {
    if (beat.kind() == BeatKind.UNKNOWN) {
      end(out);
    } else if (beat.kind() != BeatKind.VENTRICULAR) {
      since++;
      if (since > between) {
        end(out);
      }
    } else {
      if (since != between) {
        end(out);
      }
      since = 0;
      ventricular.add(beat);
      if (ventricular.count() == LEAST_CYCLES) {
        out.accept(ventricular.episode(kind, label(), EventPhase.ONSET, 0));
      }
    }
  }

  private String label() {
    return kind.toUpperCase(Locale.ROOT);
  }

  /** Whether it goes on. */
  boolean isActive() {
    return ventricular.count() >= LEAST_CYCLES;
  }

  void end(Consumer<Episode> out) {
    if (isActive()) {
      out.accept(ventricular.episode(kind, label(), EventPhase.OFFSET, 0));
    }
    ventricular.clear();
  }

  void writeTo(DataOutput out) throws IOException {
    ventricular.writeTo(out);
    out.writeInt(since);
  }

  void restore(DataInput in) throws IOException {
    ventricular.restore(in);
    since = in.readInt();
  }
}
