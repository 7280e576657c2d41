package io.physiowave.core.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Changes the rate of one channel of a stream by a rational factor with a linear-phase filter.
 *
 * <p>Positions are exact: output sample n sits at input position {@code n * inputRate / outputRate}
 * counted from the session's sample 0, wherever the stream was joined, without delay. An output
 * appears as soon as the {@link #lookAhead()} input samples after its position are there. Stopband
 * attenuation is at least 60 dB from 1.2 times the lower Nyquist frequency; the passband is flat to
 * 0.8 of it. Before the first and after the last sample the channel counts as constant. How the
 * samples are divided between calls does not change the result. Rates without a common measure are
 * approximated, see {@link RateRatio}; equal rates copy.
 *
 * <p>Every sample given must be finite.
 */
public final class StreamingResampler {
  private static final int CHUNK = 256;

  private final RateRatio ratio;
  private final ResamplingKernel kernel;

  /** Input samples {@code nextInput - filled .. nextInput - 1}. */
  private final float[] history;

  private int filled;
  private long nextInput;
  private long nextOutput;

  /**
   * Starts at an input sample.
   *
   * @param firstInputIndex index, within the session, of the first sample that will be given
   */
  public StreamingResampler(RateRatio ratio, long firstInputIndex) {
    this.ratio = ratio;
    kernel = ratio.isIdentity() ? null : ResamplingKernel.of(ratio);
    history = new float[kernel == null ? 0 : kernel.taps + CHUNK];
    restart(firstInputIndex);
  }

  private StreamingResampler(StreamingResampler other) {
    ratio = other.ratio;
    kernel = other.kernel;
    history = other.history.clone();
    filled = other.filled;
    nextInput = other.nextInput;
    nextOutput = other.nextOutput;
  }

  /** A resampler of the same ratio in the same state. */
  public StreamingResampler copy() {
    return new StreamingResampler(this);
  }

  /** Forgets the past and continues at another input sample. */
  public void restart(long firstInputIndex) {
    filled = 0;
    nextInput = firstInputIndex;
    nextOutput = ratio.firstOutputAtOrAfter(firstInputIndex);
  }

  /** Index, within the session, of the next output sample. */
  public long nextOutputIndex() {
    return nextOutput;
  }

  /** Input samples after an output's position which it waits for. */
  public int lookAhead() {
    return kernel == null ? 0 : kernel.half;
  }

  /** Most output samples that {@code count} input samples can bring. */
  public int maximumOutputs(int count) {
    return (int) ((long) count * ratio.up() / ratio.down()) + 1;
  }

  /**
   * Takes {@code input[from] .. input[to - 1]} and writes what becomes ready.
   *
   * @param output receives the samples from {@code outputFrom}
   * @return how many were written, at most {@link #maximumOutputs}
   */
  public int process(float[] input, int from, int to, float[] output, int outputFrom) {
    if (kernel == null) {
      System.arraycopy(input, from, output, outputFrom, to - from);
      nextInput += to - from;
      nextOutput += to - from;
      return to - from;
    }
    int written = 0;
    int at = from;
    while (at < to) {
      if (filled == 0) {
        hold(input[at], kernel.half);
      }
      int count = Math.min(CHUNK, to - at);
      append(input, at, count);
      at += count;
      written += drain(output, outputFrom + written, Long.MAX_VALUE);
    }
    return written;
  }

  /**
   * Writes the outputs that still wait for input after the last sample, which is taken as held.
   *
   * @return how many were written, at most {@link #maximumOutputs} of {@link #lookAhead}
   */
  public int finish(float[] output, int outputFrom) {
    if (kernel == null || filled == 0) {
      return 0;
    }
    long end = ratio.firstOutputAtOrAfter(nextInput);
    float last = history[filled - 1];
    int written = 0;
    for (int remaining = kernel.half + 1; remaining > 0; ) {
      int count = Math.min(CHUNK, remaining);
      compact(count);
      java.util.Arrays.fill(history, filled, filled + count, last);
      filled += count;
      nextInput += count;
      remaining -= count;
      written += drain(output, outputFrom + written, end);
    }
    return written;
  }

  private void hold(float value, int count) {
    java.util.Arrays.fill(history, 0, count, value);
    filled = count;
  }

  private void append(float[] input, int from, int count) {
    compact(count);
    System.arraycopy(input, from, history, filled, count);
    filled += count;
    nextInput += count;
  }

  private void compact(int count) {
    if (filled + count > history.length) {
      int kept = kernel.taps;
      System.arraycopy(history, filled - kept, history, 0, kept);
      filled = kept;
    }
  }

  private int drain(float[] output, int outputFrom, long end) {
    int half = kernel.half;
    int taps = kernel.taps;
    long historyStart = nextInput - filled;
    int written = 0;
    while (nextOutput < end) {
      long position = ratio.inputAtOrBefore(nextOutput);
      if (position + half >= nextInput) {
        break;
      }
      int start = (int) (position + 1 - half - historyStart);
      output[outputFrom + written] =
          convolve(
              history, start, kernel.coefficients, kernel.first(ratio.phase(nextOutput)), taps);
      written++;
      nextOutput++;
    }
    return written;
  }

  /** Four running sums let the processor overlap the additions; taps are always even. */
  private static float convolve(float[] signal, int start, float[] taps, int first, int count) {
    float even = 0;
    float odd = 0;
    float third = 0;
    float fourth = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      even += signal[start + i] * taps[first + i];
      odd += signal[start + i + 1] * taps[first + i + 1];
      third += signal[start + i + 2] * taps[first + i + 2];
      fourth += signal[start + i + 3] * taps[first + i + 3];
    }
    for (; i < count; i++) {
      even += signal[start + i] * taps[first + i];
    }
    return (even + odd) + (third + fourth);
  }

  /** Saves the state; the rates are not saved. */
  public void writeTo(DataOutput out) throws IOException {
    int kept = kernel == null ? 0 : Math.min(filled, kernel.taps);
    out.writeLong(nextInput);
    out.writeLong(nextOutput);
    out.writeInt(kept);
    SavedSamples.write(history, filled - kept, kept, out);
  }

  /** Restores a resampler of the same ratio, which continues bit for bit. */
  public static StreamingResampler readFrom(RateRatio ratio, DataInput in) throws IOException {
    StreamingResampler resampler = new StreamingResampler(ratio, 0);
    resampler.nextInput = in.readLong();
    resampler.nextOutput = in.readLong();
    resampler.filled = in.readInt();
    SavedSamples.read(resampler.history, 0, resampler.filled, in);
    return resampler;
  }
}
