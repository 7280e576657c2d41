package io.physiowave.core.arrhythmia;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Ventricular beats in a row: two are a COUPLET, three a TRIPLET, both told when the row is over;
 * four or more are told at the fourth beat, as VENTRICULAR_TACHYCARDIA above 100 beats a minute,
 * otherwise as IDIOVENTRICULAR_RHYTHM. The name stays when the rate changes later.
 */
final class VentricularRuns {
  static final String KIND = "ventricular-run";

  private static final int LONG_RUN = 4;

  /** Above it a run is tachycardia: 2017 AHA/ACC/HRS guideline on ventricular arrhythmias. */
  private static final double TACHYCARDIA_PER_MINUTE = 100;

  private final BeatRun run = new BeatRun();
  private boolean tachycardia;

  void accept(Beat beat, double sampleRateHz, Consumer<Episode> out) {
    if (beat.kind() != BeatKind.VENTRICULAR) {
      end(sampleRateHz, out);
      return;
    }
    run.add(beat);
    if (run.count() == LONG_RUN) {
      double rate = run.ratePerMinute(sampleRateHz);
      tachycardia = rate > TACHYCARDIA_PER_MINUTE;
      out.accept(run.episode(KIND, label(), EventPhase.ONSET, rate));
    }
  }

  /** Whether a long run goes on. */
  boolean isLong() {
    return run.count() >= LONG_RUN;
  }

  void end(double sampleRateHz, Consumer<Episode> out) {
    if (run.count() >= 2) {
      double rate = run.ratePerMinute(sampleRateHz);
      if (!isLong()) {
        out.accept(run.episode(KIND, label(), EventPhase.ONSET, rate));
      }
      out.accept(run.episode(KIND, label(), EventPhase.OFFSET, rate));
    }
    run.clear();
  }

  private String label() {
    if (run.count() < LONG_RUN) {
      return run.count() == 2 ? "COUPLET" : "TRIPLET";
    }
    return tachycardia ? "VENTRICULAR_TACHYCARDIA" : "IDIOVENTRICULAR_RHYTHM";
  }

  void writeTo(DataOutput out) throws IOException {
    run.writeTo(out);
    out.writeBoolean(tachycardia);
  }

  void restore(DataInput in) throws IOException {
    run.restore(in);
    tachycardia = in.readBoolean();
  }
}
