package io.physiowave.core.window;

import io.physiowave.core.dsp.RateRatio;
import io.physiowave.core.quality.SignalQuality;
import java.util.BitSet;

/** Puts one window together from the signal rows, its context and its quality. */
final class WindowAssembly {
  private final int windowSamples;
  private final int margin;
  private final int signalRows;
  private final int inputRows;
  private final RateRatio ratio;
  private final SignalRows rows;
  private final QualityRows quality;

  WindowAssembly(WindowPlan plan, SignalRows rows, QualityRows quality) {
    this.rows = rows;
    this.quality = quality;
    windowSamples = plan.windowing().windowSamples();
    margin = plan.marginSamples();
    signalRows = plan.channels().size();
    inputRows = plan.inputRows();
    ratio = plan.rateRatio();
  }

  /** One past the last stream sample of the window that starts at a sample of the model's rate. */
  long endSample(long start) {
    return ratio.nearestInput(start + windowSamples);
  }

  /**
   * Cuts the window proper {@code [start, start + windowSamples)}, at the model's rate, with its
   * margins.
   *
   * @param context values of the context row, or null without one
   */
  CutWindow cut(long start, long beatSample, float[] context) {
    int length = windowSamples + 2 * margin;
    float[] input = new float[inputRows * length];
    long startSample = ratio.nearestInput(start);
    long endSample = endSample(start);
    BitSet unused = new BitSet();
    SignalQuality verdict = quality.assess(startSample, endSample, unused);
    for (int row = 0; row < signalRows; row++) {
      if (!unused.get(row)) {
        rows.copy(row, start - margin, length, input, row * length);
      }
    }
    if (context != null) {
      ContextRow.write(context, windowSamples, margin, input, signalRows * length);
    }
    return new CutWindow(startSample, endSample, beatSample, input, verdict);
  }
}
