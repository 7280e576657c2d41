package io.physiowave.core.window;

import io.physiowave.core.card.ChannelMapping;
import io.physiowave.core.dsp.RateRatio;
import io.physiowave.core.dsp.SavedSamples;
import io.physiowave.core.dsp.SignalFilter;
import io.physiowave.core.dsp.StreamingResampler;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.quality.QualityOptions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The signal rows of a model's input: stream channels in the model's unit, filtered at the stream's
 * rate, resampled, with the recent past kept.
 *
 * <p>Where the stream has no usable value the last one is held. Before the first and after the last
 * sample of an uninterrupted stretch a row counts as constant. Rows without a channel stay zero,
 * and so do others while the electrode is off.
 *
 * <p>When an electrode comes back, or has moved, its offset is another one, up to hundreds of
 * millivolts, and a high-pass filter would carry that on for seconds, in windows whose signal is
 * good. So the filters settle anew there, as at a stretch's first sample.
 */
final class SignalRows {
  /** Larger values, in the model's unit, cannot come from a body and would spoil the filters. */
  private static final float LARGEST = 1e9f;

  /** Most stream samples given at once when the first form of saved windows was written. */
  private static final int FIRST_FORM_CHUNK = 256;

  private final WindowPlan plan;
  private final ChannelMapping mapping;
  private final float scale;

  /** Between two samples, in the model's unit: no heart moves so fast; a muscle may. */
  private final float largestStep;

  private final SignalFilter[] filters;
  private final StreamingResampler[] resamplers;
  private final float[] held;
  private final boolean[] heard;
  private final float[][] recent;
  private final int history;
  private final int capacity;
  private final float[] scaled;
  private final float[] resampled;

  private long first;
  private long next;

  /**
   * Rows of a stretch.
   *
   * @param history samples of the past that stay readable, at the model's rate
   * @param largestChunk most stream samples given at once
   */
  SignalRows(WindowPlan plan, long firstSample, int history, int largestChunk) {
    this.plan = plan;
    mapping = ChannelMapping.of(plan.channels(), plan.streamChannels());
    scale = (float) SignalFrame.unitFactor(plan.streamUnit(), plan.modelUnit());
    largestStep = largestStep(plan);
    RateRatio ratio = plan.rateRatio();
    int rows = mapping.rows();
    filters = new SignalFilter[rows];
    resamplers = new StreamingResampler[rows];
    held = new float[rows];
    heard = new boolean[rows];
    recent = new float[rows][];
    this.history = history;
    StreamingResampler any = new StreamingResampler(ratio, firstSample);
    int outputs = outputs(any, largestChunk);
    capacity = history + outputs;
    scaled = new float[largestChunk];
    resampled = new float[outputs];
    for (int row = 0; row < rows; row++) {
      if (isFed(row)) {
        filters[row] = new SignalFilter(plan.filters(), plan.streamRateHz());
        resamplers[row] = new StreamingResampler(ratio, firstSample);
        recent[row] = new float[capacity];
      }
    }
    first = any.nextOutputIndex();
    next = first;
  }

  private SignalRows(SignalRows other) {
    plan = other.plan;
    mapping = other.mapping;
    scale = other.scale;
    largestStep = other.largestStep;
    held = other.held.clone();
    heard = other.heard.clone();
    history = other.history;
    capacity = other.capacity;
    scaled = new float[other.scaled.length];
    resampled = new float[other.resampled.length];
    first = other.first;
    next = other.next;
    int rows = other.filters.length;
    filters = new SignalFilter[rows];
    resamplers = new StreamingResampler[rows];
    recent = new float[rows][];
    for (int row = 0; row < rows; row++) {
      if (isFed(row)) {
        filters[row] = other.filters[row].copy();
        resamplers[row] = other.resamplers[row].copy();
        recent[row] = other.recent[row].clone();
      }
    }
  }

  private static float largestStep(WindowPlan plan) {
    return plan.modality() == Modality.ECG
        ? (float)
            (QualityOptions.BEATS.usableRangeMillivolts()
                * SignalFrame.unitFactor("mV", plan.modelUnit()))
        : Float.POSITIVE_INFINITY;
  }

  /** Rows in the same state. */
  SignalRows copy() {
    return new SignalRows(this);
  }

  private static int outputs(StreamingResampler any, int chunk) {
    return any.maximumOutputs(Math.max(chunk, any.lookAhead() + 1)) + 1;
  }

  /** Rows, fed or not. */
  int count() {
    return filters.length;
  }

  /** Whether a stream channel feeds the row. */
  boolean isFed(int row) {
    return mapping.source(row) != ChannelMapping.NONE;
  }

  /** Samples at the model's rate at one past the newest. */
  long next() {
    return next;
  }

  /** First sample of this stretch, at the model's rate. */
  long first() {
    return first;
  }

  /**
   * Takes stream samples {@code [from, to)} of every stream channel.
   *
   * @param leadOff stream channels whose electrode is off for all of these samples
   */
  void append(float[][] samples, int from, int to, BitSet leadOff) {
    int outputs = 0;
    for (int row = 0; row < filters.length; row++) {
      if (isFed(row)) {
        if (leadOff.get(mapping.source(row))) {
          silence(row, to - from);
        } else {
          fill(row, samples[mapping.source(row)], from, to);
        }
        outputs = advance(row, to - from);
      }
    }
    next += outputs;
  }

  /** Stands in for lost samples. */
  void appendHeld(int count) {
    int outputs = 0;
    for (int row = 0; row < filters.length; row++) {
      if (isFed(row)) {
        Arrays.fill(scaled, 0, count, held[row]);
        if (heard[row]) {
          filters[row].process(scaled, 0, count);
        }
        outputs = advance(row, count);
      }
    }
    next += outputs;
  }

  private void silence(int row, int count) {
    held[row] = 0;
    heard[row] = false;
    filters[row].restart();
    Arrays.fill(scaled, 0, count, 0);
  }

  private void fill(int row, float[] samples, int from, int to) {
    float value = held[row];
    int start = 0;
    for (int i = from; i < to; i++) {
      float candidate = samples[i] * scale;
      if (Math.abs(candidate) <= LARGEST) {
        if (!heard[row]) {
          heard[row] = true;
          start = i - from;
        } else if (Math.abs(candidate - value) > largestStep) {
          filters[row].process(scaled, start, i - from);
          filters[row].restart();
          start = i - from;
        }
        value = candidate;
      }
      scaled[i - from] = value;
    }
    held[row] = value;
    if (heard[row]) {
      filters[row].process(scaled, start, to - from);
    }
  }

  private int advance(int row, int count) {
    int outputs = resamplers[row].process(scaled, 0, count, resampled, 0);
    store(row, outputs);
    return outputs;
  }

  private void store(int row, int count) {
    int at = (int) (next % capacity);
    int head = Math.min(count, capacity - at);
    System.arraycopy(resampled, 0, recent[row], at, head);
    System.arraycopy(resampled, head, recent[row], 0, count - head);
  }

  /** Ends the stretch: what the resampler still waits for is taken as held. */
  void finish() {
    int outputs = 0;
    for (int row = 0; row < filters.length; row++) {
      if (isFed(row)) {
        outputs = resamplers[row].finish(resampled, 0);
        store(row, outputs);
      }
    }
    next += outputs;
  }

  /** Begins another stretch at a stream sample. */
  void restart(long sample) {
    for (int row = 0; row < filters.length; row++) {
      if (isFed(row)) {
        filters[row].restart();
        resamplers[row].restart(sample);
        held[row] = 0;
        heard[row] = false;
      }
    }
    first = plan.rateRatio().firstOutputAtOrAfter(sample);
    next = first;
  }

  /** Copies a row's samples {@code [start, start + count)}, at the model's rate. */
  void copy(int row, long start, int count, float[] into, int at) {
    if (!isFed(row) || next == first) {
      Arrays.fill(into, at, at + count, 0);
      return;
    }
    int before = (int) Math.max(0, Math.min(count, first - start));
    int after = (int) Math.max(0, Math.min(count - before, start + count - next));
    float[] ring = recent[row];
    Arrays.fill(into, at, at + before, ring[(int) (first % capacity)]);
    int inside = count - before - after;
    if (inside > 0) {
      int from = (int) ((start + before) % capacity);
      int head = Math.min(inside, capacity - from);
      System.arraycopy(ring, from, into, at + before, head);
      System.arraycopy(ring, 0, into, at + before + head, inside - head);
    }
    Arrays.fill(into, at + count - after, at + count, ring[(int) ((next - 1) % capacity)]);
  }

  /**
   * Saves the state.
   *
   * @param needed no window to come shows samples before this one, at the model's rate; the newest
   *     sample is always kept
   */
  void writeTo(DataOutput out, long needed) throws IOException {
    long wanted = Math.max(next - Math.max(first, needed), Math.min(1, next - first));
    int kept = (int) Math.min(history, wanted);
    out.writeLong(first);
    out.writeLong(next);
    out.writeInt(kept);
    int from = (int) ((next - kept) % capacity);
    int head = Math.min(kept, capacity - from);
    for (int row = 0; row < filters.length; row++) {
      if (isFed(row)) {
        out.writeFloat(held[row]);
        out.writeBoolean(heard[row]);
        filters[row].writeTo(out);
        resamplers[row].writeTo(out);
        SavedSamples.write(recent[row], from, head, out);
        SavedSamples.write(recent[row], 0, kept - head, out);
      }
    }
  }

  void restore(DataInput in) throws IOException {
    first = in.readLong();
    next = in.readLong();
    restoreRows(in.readInt(), in);
  }

  /** Restores what the first form of saved windows held: all that fitted the rows of its day. */
  void restoreFirstForm(DataInput in) throws IOException {
    first = in.readLong();
    next = in.readLong();
    StreamingResampler any = new StreamingResampler(plan.rateRatio(), 0);
    int outputs = outputs(any, FIRST_FORM_CHUNK);
    restoreRows((int) Math.min(plan.firstFormHistorySamples() + outputs, next - first), in);
  }

  private void restoreRows(int kept, DataInput in) throws IOException {
    float[] saved = new float[kept];
    for (int row = 0; row < filters.length; row++) {
      if (isFed(row)) {
        held[row] = in.readFloat();
        heard[row] = in.readBoolean();
        filters[row] = SignalFilter.readFrom(plan.filters(), plan.streamRateHz(), in);
        resamplers[row] = StreamingResampler.readFrom(plan.rateRatio(), in);
        SavedSamples.read(saved, 0, kept, in);
        for (int i = Math.max(0, kept - capacity); i < kept; i++) {
          recent[row][(int) ((next - kept + i) % capacity)] = saved[i];
        }
      }
    }
  }
}
