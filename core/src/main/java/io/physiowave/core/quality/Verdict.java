package io.physiowave.core.quality;

import java.util.Locale;

/** Gathers what is wrong with one channel: the worst level and every reason for it. */
final class Verdict {
  private final int samples;
  private final StringBuilder reason = new StringBuilder();
  private QualityLevel level = QualityLevel.GOOD;

  Verdict(int samples) {
    this.samples = samples;
  }

  void share(String what, int affected, double usable, double bad) {
    double share = Math.min(1, (double) affected / samples);
    if (share > usable) {
      note(share > bad, String.format(Locale.ROOT, "%s %.0f %%", what, Math.max(1, share * 100)));
    }
  }

  void level(String what, double millivolts, double usable, double bad) {
    if (millivolts > usable) {
      note(millivolts > bad, String.format(Locale.ROOT, "%s %.2g mV", what, millivolts));
    }
  }

  private void note(boolean isBad, String text) {
    if (isBad) {
      level = QualityLevel.BAD;
    } else if (level == QualityLevel.GOOD) {
      level = QualityLevel.USABLE;
    }
    reason.append(reason.isEmpty() ? "" : ", ").append(text);
  }

  SignalQuality result() {
    return level == QualityLevel.GOOD
        ? SignalQuality.GOOD
        : new SignalQuality(level, reason.toString());
  }
}
