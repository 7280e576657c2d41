package io.physiowave.core.window;

import io.physiowave.core.card.Windowing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;

/** Windows that start at multiples of the hop, at the model's rate, from the session's sample 0. */
final class SlidingCutter implements WindowCutter {
  private final Windowing.Sliding windowing;
  private final int margin;
  private final SignalRows rows;
  private final WindowAssembly assembly;
  private long nextStart;

  SlidingCutter(
      WindowPlan plan, Windowing.Sliding windowing, SignalRows rows, QualityRows quality) {
    this.windowing = windowing;
    this.rows = rows;
    margin = plan.marginSamples();
    assembly = new WindowAssembly(plan, rows, quality);
    alignStart();
  }

  private void alignStart() {
    long hop = windowing.hopSamples();
    nextStart = -Math.floorDiv(-rows.first(), hop) * hop;
  }

  @Override
  public void append(float[][] samples, int from, int to, BitSet leadOff) {}

  @Override
  public void appendLost(int count) {}

  @Override
  public void cut(long nextSample, Consumer<CutWindow> out) {
    while (nextStart + windowing.windowSamples() + margin <= rows.next()
        && assembly.endSample(nextStart) <= nextSample) {
      cutNext(out);
    }
  }

  @Override
  public void finish(long nextSample, Consumer<CutWindow> out) {
    while (nextStart + windowing.windowSamples() <= rows.next()) {
      cutNext(out);
    }
  }

  private void cutNext(Consumer<CutWindow> out) {
    out.accept(assembly.cut(nextStart, SignalWindow.NO_BEAT, null));
    nextStart += windowing.hopSamples();
  }

  @Override
  public void restart(long sample) {
    alignStart();
  }

  @Override
  public long firstNeeded() {
    return nextStart - margin;
  }

  @Override
  public void copyFrom(WindowCutter other) {
    nextStart = ((SlidingCutter) other).nextStart;
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(nextStart);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    nextStart = in.readLong();
  }
}
