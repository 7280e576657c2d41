package io.physiowave.core.window;

import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.QrsDetector;
import io.physiowave.core.dsp.RateRatio;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Windows around beats. A window is cut when its samples are there and the next beat is known, or
 * no longer awaited.
 */
final class BeatCutter implements WindowCutter {
  /** How long after a beat the next one is awaited, seconds. */
  static final double AWAITED_SECONDS = 2;

  private final Windowing.BeatCentred windowing;
  private final int margin;
  private final long awaited;
  private final RateRatio ratio;
  private final int history;
  private final int contextValues;
  private final BeatContext context;
  private final SignalRows rows;
  private final WindowAssembly assembly;
  private final BeatSource source;
  private final ArrayDeque<PendingBeat> pending = new ArrayDeque<>();

  /** The latest beat while the next one is awaited; null otherwise. */
  private PendingBeat latest;

  BeatCutter(
      WindowPlan plan,
      Windowing.BeatCentred windowing,
      SignalRows rows,
      QualityRows quality,
      BeatSource source) {
    this.windowing = windowing;
    this.rows = rows;
    this.source = source;
    margin = plan.marginSamples();
    awaited = (long) Math.ceil(AWAITED_SECONDS * plan.streamRateHz());
    ratio = plan.rateRatio();
    history = plan.historySamples();
    contextValues = plan.contextFeatures().size();
    context = new BeatContext(plan, rows);
    assembly = new WindowAssembly(plan, rows, quality);
  }

  /** Longest time that a window's samples must stay readable after its beat, seconds. */
  static double patienceSeconds() {
    return Math.max(AWAITED_SECONDS, QrsDetector.MAXIMUM_DELAY_SECONDS);
  }

  @Override
  public void append(float[][] samples, int from, int to, BitSet leadOff) {
    source.append(samples, from, to, leadOff, this::beat);
  }

  @Override
  public void appendLost(int count) {
    source.appendLost(count, this::beat);
  }

  private void beat(long sample, long knownAtSample) {
    if (latest != null) {
      latest.context =
          knownAtSample <= latest.sample + awaited
              ? context.withNext(sample)
              : context.withLateNext();
    }
    context.beat(sample);
    latest = new PendingBeat(sample);
    pending.add(latest);
  }

  @Override
  public void cut(long nextSample, Consumer<CutWindow> out) {
    if (latest != null && nextSample > latest.sample + awaited) {
      latest.context = context.withLateNext();
      latest = null;
    }
    while (!pending.isEmpty() && pending.element().context != null) {
      long centre = ratio.nearestOutput(pending.element().sample);
      long start = centre - windowing.samplesBefore();
      long end =
          Math.max(start + windowing.windowSamples() + margin, centre + context.samplesAfter());
      if (end > rows.next() || assembly.endSample(start) > nextSample) {
        return;
      }
      cutNext(out);
    }
  }

  @Override
  public void finish(long nextSample, Consumer<CutWindow> out) {
    source.finish(this::beat);
    if (latest != null) {
      latest.context = context.withoutNext();
      latest = null;
    }
    while (!pending.isEmpty()) {
      cutNext(out);
    }
  }

  private void cutNext(Consumer<CutWindow> out) {
    PendingBeat beat = pending.remove();
    long centre = ratio.nearestOutput(beat.sample);
    context.addShapes(centre, beat.context);
    long start = centre - windowing.samplesBefore();
    out.accept(assembly.cut(start, beat.sample, contextValues == 0 ? null : beat.context));
  }

  @Override
  public void restart(long sample) {
    source.restart(sample);
    context.interrupt();
  }

  @Override
  public long firstNeeded() {
    return rows.next() - history;
  }

  @Override
  public void copyFrom(WindowCutter other) {
    BeatCutter cutter = (BeatCutter) other;
    source.copyFrom(cutter.source);
    context.copyFrom(cutter.context);
    for (PendingBeat beat : cutter.pending) {
      pending.add(beat.copy());
    }
    latest = cutter.latest == null ? null : pending.getLast();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    source.writeTo(out);
    context.writeTo(out);
    out.writeInt(pending.size());
    for (PendingBeat beat : pending) {
      out.writeLong(beat.sample);
      out.writeBoolean(beat.context != null);
      for (int i = 0; beat.context != null && i < contextValues; i++) {
        out.writeFloat(beat.context[i]);
      }
    }
    out.writeBoolean(latest != null);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    source.restore(in);
    context.restore(in);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      PendingBeat beat = new PendingBeat(in.readLong());
      if (in.readBoolean()) {
        beat.context = new float[contextValues];
        for (int k = 0; k < beat.context.length; k++) {
          beat.context[k] = in.readFloat();
        }
      }
      pending.add(beat);
    }
    latest = in.readBoolean() ? pending.getLast() : null;
  }
}
