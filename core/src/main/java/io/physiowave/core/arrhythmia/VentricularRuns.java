package io.physiowave.core.arrhythmia;

import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Ventricular beats in a row. From a least number on they are a run, told at that beat: as
 * VENTRICULAR_TACHYCARDIA above 100 beats a minute, otherwise as IDIOVENTRICULAR_RHYTHM. The name
 * stays when the rate changes later. Fewer are a COUPLET or a TRIPLET, told when the row is over.
 */
final class VentricularRuns {
  static final String KIND = "ventricular-run";

  /**
   * Three, as Table 4 of the 2017 AHA/ACC/HRS guideline on ventricular arrhythmias defines
   * tachycardia, and where runs begin in ANSI/AAMI EC57.
   */
  static final int USUAL_LEAST = 3;

  /** Above it a run is tachycardia, by the same guideline. */
  private static final double TACHYCARDIA_PER_MINUTE = 100;

  /** States saved in the first form told runs at this beat, and did not say so. */
  private static final int LEAST_OF_FIRST_FORM = 4;

  private final BeatRun run = new BeatRun();
  private boolean told;
  private boolean tachycardia;

  /**
   * Takes a beat.
   *
   * @param least ventricular beats in a row that are a run, 3 or 4
   */
  void accept(Beat beat, int least, double sampleRateHz, Consumer<Episode> out) {
    if (beat.kind() != BeatKind.VENTRICULAR) {
      end(sampleRateHz, out);
      return;
    }
    run.add(beat);
    if (!told && run.count() >= least) {
      double rate = run.ratePerMinute(sampleRateHz);
      told = true;
      tachycardia = rate > TACHYCARDIA_PER_MINUTE;
      out.accept(run.episode(KIND, label(), EventPhase.ONSET, rate));
    }
  }

  /** Whether a run goes on. */
  boolean isRun() {
    return told;
  }

  void end(double sampleRateHz, Consumer<Episode> out) {
    if (run.count() >= 2) {
      double rate = run.ratePerMinute(sampleRateHz);
      if (!told) {
        out.accept(run.episode(KIND, label(), EventPhase.ONSET, rate));
      }
      out.accept(run.episode(KIND, label(), EventPhase.OFFSET, rate));
    }
    run.clear();
    told = false;
  }

  private String label() {
    if (told) {
      return tachycardia ? "VENTRICULAR_TACHYCARDIA" : "IDIOVENTRICULAR_RHYTHM";
    }
    return run.count() == 2 ? "COUPLET" : "TRIPLET";
  }

  void writeTo(DataOutput out) throws IOException {
    run.writeTo(out);
    out.writeBoolean(told);
    out.writeBoolean(tachycardia);
  }

  /** Restores what was saved in the first form, or in the present one. */
  void restore(DataInput in, boolean isFirstForm) throws IOException {
    run.restore(in);
    told = isFirstForm ? run.count() >= LEAST_OF_FIRST_FORM : in.readBoolean();
    tachycardia = in.readBoolean();
  }
}
