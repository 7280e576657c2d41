package io.physiowave.core.window;

import io.physiowave.core.card.ChannelMapping;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.quality.ChannelQuality;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.QualityOptions;
import io.physiowave.core.quality.SignalQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** The quality of each row's raw signal, and what it means for a window as a whole. */
final class QualityRows {
  private final List<ModelChannel> rows;
  private final ChannelMapping mapping;
  private final ChannelQuality[] watches;

  QualityRows(WindowPlan plan, int windowSamples, int spanSamples) {
    rows = plan.channels();
    mapping = ChannelMapping.of(plan.channels(), plan.streamChannels());
    watches = new ChannelQuality[rows.size()];
    double millivolts = SignalFrame.unitFactor(plan.streamUnit(), "mV");
    QualityOptions options =
        plan.modality() == Modality.ECG ? QualityOptions.BEATS : QualityOptions.SURFACE;
    for (int row = 0; row < watches.length; row++) {
      if (mapping.source(row) != ChannelMapping.NONE) {
        watches[row] =
            new ChannelQuality(
                options, millivolts, plan.streamRateHz(), windowSamples, spanSamples);
      }
    }
  }

  private QualityRows(QualityRows other) {
    rows = other.rows;
    mapping = other.mapping;
    watches = new ChannelQuality[other.watches.length];
    for (int row = 0; row < watches.length; row++) {
      watches[row] = other.watches[row] == null ? null : other.watches[row].copy();
    }
  }

  /** Rows that have seen the same. */
  QualityRows copy() {
    return new QualityRows(this);
  }

  void accept(float[][] samples, int from, int to, long firstIndex, BitSet leadOff) {
    for (int row = 0; row < watches.length; row++) {
      if (watches[row] != null) {
        int channel = mapping.source(row);
        watches[row].accept(samples[channel], from, to, firstIndex, leadOff.get(channel));
      }
    }
  }

  void acceptLost(long firstIndex, int count) {
    for (ChannelQuality watch : watches) {
      if (watch != null) {
        watch.acceptLost(firstIndex, count);
      }
    }
  }

  /**
   * Judges a window.
   *
   * <p>A bad required row makes the window bad. A bad optional row is left out instead, as if the
   * stream had no such channel, and the window is usable with the reason noted; but when nothing
   * else is left the window is bad.
   *
   * @param unused receives the rows to leave out
   */
  SignalQuality assess(long start, long end, BitSet unused) {
    QualityLevel worst = QualityLevel.GOOD;
    StringBuilder reasons = new StringBuilder();
    int usable = 0;
    for (int row = 0; row < watches.length; row++) {
      if (watches[row] == null) {
        continue;
      }
      SignalQuality quality = watches[row].assess(start, end);
      QualityLevel level = quality.level();
      if (level == QualityLevel.BAD && !rows.get(row).required()) {
        unused.set(row);
        level = QualityLevel.USABLE;
      } else {
        usable++;
      }
      if (level != QualityLevel.GOOD) {
        reasons.append(reasons.isEmpty() ? "" : "; ");
        reasons.append(rows.get(row).name()).append(": ").append(quality.reason());
        reasons.append(unused.get(row) ? ", left out" : "");
      }
      worst = level.compareTo(worst) > 0 ? level : worst;
    }
    if (usable == 0) {
      unused.clear();
      worst = QualityLevel.BAD;
    }
    return worst == QualityLevel.GOOD
        ? SignalQuality.GOOD
        : new SignalQuality(worst, reasons.isEmpty() ? "no channel" : reasons.toString());
  }

  /**
   * Saves the state.
   *
   * @param fromSample no window to come begins before this sample of the session
   */
  void writeTo(DataOutput out, long fromSample) throws IOException {
    for (ChannelQuality watch : watches) {
      if (watch != null) {
        watch.writeTo(out, fromSample);
      }
    }
  }

  /** Restores what the first two forms of saved windows held. */
  void restoreSecondForm(DataInput in) throws IOException {
    for (ChannelQuality watch : watches) {
      if (watch != null) {
        watch.restoreSecondForm(in);
      }
    }
  }

  void restore(DataInput in) throws IOException {
    for (ChannelQuality watch : watches) {
      if (watch != null) {
        watch.restore(in);
      }
    }
  }
}
