package io.physiowave.core.window;

import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.QrsDetector;
import io.physiowave.core.dsp.RateRatio;
import io.physiowave.core.rhythm.RhythmFeature;
import io.physiowave.core.rhythm.RhythmTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
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
  private final double sampleRateHz;
  private final long awaited;
  private final RateRatio ratio;
  private final List<RhythmFeature> features;
  private final SignalRows rows;
  private final WindowAssembly assembly;
  private final BeatSource source;
  private final ArrayDeque<PendingBeat> pending = new ArrayDeque<>();

  private RhythmTracker rhythm;

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
    sampleRateHz = plan.streamRateHz();
    awaited = (long) Math.ceil(AWAITED_SECONDS * sampleRateHz);
    ratio = plan.rateRatio();
    features = plan.contextFeatures();
    assembly = new WindowAssembly(plan, rows, quality);
    rhythm = new RhythmTracker(sampleRateHz);
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
              ? rhythm.features(features, sample)
              : rhythm.featuresWithoutNext(features, false);
    }
    rhythm.beat(sample);
    latest = new PendingBeat(sample);
    pending.add(latest);
  }

  @Override
  public void cut(long nextSample, Consumer<CutWindow> out) {
    if (latest != null && nextSample > latest.sample + awaited) {
      latest.context = rhythm.featuresWithoutNext(features, false);
      latest = null;
    }
    while (!pending.isEmpty() && pending.element().context != null) {
      long start = start(pending.element());
      if (start + windowing.windowSamples() + margin > rows.next()
          || assembly.endSample(start) > nextSample) {
        return;
      }
      cutNext(out);
    }
  }

  @Override
  public void finish(long nextSample, Consumer<CutWindow> out) {
    source.finish(this::beat);
    if (latest != null) {
      latest.context = rhythm.featuresWithoutNext(features, true);
      latest = null;
    }
    while (!pending.isEmpty()) {
      cutNext(out);
    }
  }

  private long start(PendingBeat beat) {
    return ratio.nearestOutput(beat.sample) - windowing.samplesBefore();
  }

  private void cutNext(Consumer<CutWindow> out) {
    PendingBeat beat = pending.remove();
    out.accept(assembly.cut(start(beat), beat.sample, features.isEmpty() ? null : beat.context));
  }

  @Override
  public void restart(long sample) {
    source.restart(sample);
    rhythm.interrupt();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    source.writeTo(out);
    rhythm.writeTo(out);
    out.writeInt(pending.size());
    for (PendingBeat beat : pending) {
      out.writeLong(beat.sample);
      out.writeBoolean(beat.context != null);
      for (int i = 0; beat.context != null && i < features.size(); i++) {
        out.writeFloat(beat.context[i]);
      }
    }
    out.writeBoolean(latest != null);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    source.restore(in);
    rhythm = RhythmTracker.readFrom(sampleRateHz, in);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      PendingBeat beat = new PendingBeat(in.readLong());
      if (in.readBoolean()) {
        beat.context = new float[features.size()];
        for (int k = 0; k < beat.context.length; k++) {
          beat.context[k] = in.readFloat();
        }
      }
      pending.add(beat);
    }
    latest = in.readBoolean() ? pending.getLast() : null;
  }
}
