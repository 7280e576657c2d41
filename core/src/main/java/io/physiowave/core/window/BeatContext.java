package io.physiowave.core.window;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.rhythm.BeatMorphology;
import io.physiowave.core.rhythm.RhythmFeature;
import io.physiowave.core.rhythm.RhythmTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Computes the values of the context row, in two steps: what concerns intervals when the next beat
 * is known, what concerns the shape when the window is cut.
 */
final class BeatContext {
  private final List<RhythmFeature> features;
  private final boolean hasShapes;
  private final double sampleRateHz;
  private final SignalRows rows;
  private final float millivolts;
  private final BeatMorphology morphology;
  private final float[][] around;
  private RhythmTracker rhythm;

  BeatContext(WindowPlan plan, SignalRows rows) {
    this.rows = rows;
    features = plan.contextFeatures();
    hasShapes = features.stream().anyMatch(RhythmFeature::isShape);
    sampleRateHz = plan.streamRateHz();
    millivolts = (float) SignalFrame.unitFactor(plan.modelUnit(), "mV");
    rhythm = new RhythmTracker(sampleRateHz);
    boolean[] present = new boolean[BeatMorphology.CHANNELS];
    for (int row = 0; row < present.length && row < plan.channels().size(); row++) {
      present[row] = rows.isFed(row);
    }
    morphology = new BeatMorphology(plan.modelRateHz(), present);
    around = new float[present.length][morphology.samplesBefore() + morphology.samplesAfter()];
  }

  /** Samples at the model's rate before a beat's own that must stay readable. */
  int samplesBefore() {
    return hasShapes ? morphology.samplesBefore() : 0;
  }

  /** Samples at the model's rate from a beat's own on that must be there when a window is cut. */
  int samplesAfter() {
    return hasShapes ? morphology.samplesAfter() : 0;
  }

  void beat(long sample) {
    rhythm.beat(sample);
  }

  void interrupt() {
    rhythm.interrupt();
  }

  /** Values of the latest beat, now that the next one is known. */
  float[] withNext(long nextBeatSample) {
    return values(rhythm.untilNext(nextBeatSample));
  }

  /** Values of the latest beat, the next one being late. */
  float[] withLateNext() {
    return values(RhythmTracker.LATE_SECONDS);
  }

  /** Values of the latest beat, there being no further samples. */
  float[] withoutNext() {
    return values(Double.NaN);
  }

  private float[] values(double next) {
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      if (!features.get(i).isShape()) {
        values[i] = rhythm.value(features.get(i), next);
      }
    }
    return values;
  }

  /** Adds what concerns the shape, beat after beat. */
  void addShapes(long centre, float[] values) {
    if (!hasShapes) {
      return;
    }
    for (int row = 0; row < around.length; row++) {
      if (row < rows.count() && rows.isFed(row)) {
        float[] samples = around[row];
        rows.copy(row, centre - morphology.samplesBefore(), samples.length, samples, 0);
        for (int i = 0; i < samples.length; i++) {
          samples[i] *= millivolts;
        }
      }
    }
    morphology.next(around);
    for (int i = 0; i < values.length; i++) {
      if (features.get(i).isShape()) {
        values[i] = morphology.value(features.get(i));
      }
    }
  }

  void copyFrom(BeatContext other) {
    rhythm.copyFrom(other.rhythm);
    if (hasShapes) {
      morphology.copyFrom(other.morphology);
    }
  }

  void writeTo(DataOutput out) throws IOException {
    rhythm.writeTo(out);
    if (hasShapes) {
      morphology.writeTo(out);
    }
  }

  void restore(DataInput in) throws IOException {
    rhythm = RhythmTracker.readFrom(sampleRateHz, in);
    if (hasShapes) {
      morphology.restore(in);
    }
  }
}
