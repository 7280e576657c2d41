package io.physiowave.core.dsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up ECG leads: P, QRS and T as bells at beats whose positions are known. */
public final class SyntheticEcg {
  private SyntheticEcg() {}

  /** R peaks of an irregular rhythm, in samples. */
  public static long[] beats(double rateHz, double seconds, long seed) {
    Random random = new Random(seed);
    List<Long> beats = new ArrayList<>();
    double time = 0.4 + 0.4 * random.nextDouble();
    while (time < seconds - 0.1) {
      beats.add(Math.round(time * rateHz));
      time += random.nextInt(8) == 0 ? 0.5 : 0.75 + 0.15 * random.nextDouble();
    }
    return beats.stream().mapToLong(Long::longValue).toArray();
  }

  /** Leads in millivolts, {@code float[leads][samples]}, with the beats of {@link #beats}. */
  public static float[][] leads(int leads, double rateHz, double seconds, long seed) {
    long[] beats = beats(rateHz, seconds, seed);
    Random random = new Random(seed + 1);
    float[][] samples = new float[leads][(int) Math.round(seconds * rateHz)];
    for (int lead = 0; lead < leads; lead++) {
      double gain = lead % 2 == 0 ? 1 : -0.7;
      float[] signal = samples[lead];
      for (int i = 0; i < signal.length; i++) {
        signal[i] =
            (float) (0.2 * Math.sin(2 * Math.PI * 0.2 * i / rateHz) + 0.01 * random.nextGaussian());
      }
      for (long beat : beats) {
        add(signal, rateHz, beat / rateHz - 0.17, 0.025, 0.12 * gain);
        add(signal, rateHz, beat / rateHz, 0.012, gain);
        add(signal, rateHz, beat / rateHz + 0.28, 0.05, 0.25 * gain);
      }
    }
    return samples;
  }

  /** One lead in millivolts of QRS complexes alone, at given times in seconds. */
  public static float[][] complexes(double[] times, double rateHz, double seconds) {
    Random random = new Random(1);
    float[] signal = new float[(int) Math.round(seconds * rateHz)];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = (float) (0.01 * random.nextGaussian());
    }
    for (double time : times) {
      add(signal, rateHz, time, 0.012, 1);
    }
    return new float[][] {signal};
  }

  private static void add(
      float[] signal, double rateHz, double seconds, double width, double height) {
    int from = (int) Math.max(0, (seconds - 5 * width) * rateHz);
    int to = (int) Math.min(signal.length, (seconds + 5 * width) * rateHz);
    for (int i = from; i < to; i++) {
      double x = (i / rateHz - seconds) / width;
      signal[i] += (float) (height * Math.exp(-x * x / 2));
    }
  }
}
