package io.physiowave.core.dsp;

/**
 * Polyphase taps of a Kaiser-windowed low-pass filter for one rate ratio.
 *
 * <p>The transition band reaches from 0.8 to 1.2 of the lower Nyquist frequency, so that what folds
 * back lands above 0.8 of it. A sharper filter would have to look further ahead, and what it looks
 * ahead is latency: so it is 5 samples of the slower rate, scaled by about 2. Each phase sums to 1,
 * therefore a constant passes exactly.
 *
 * <p>A ratio of large numbers has more phases than are worth their memory, and devices declare what
 * rates they like: then as many as fit are computed, and the nearest one is taken. That is off by
 * less than 1e-4 of a sample of the slower rate, below what the stopband lets through.
 */
final class ResamplingKernel {
  private static final double STOPBAND_DECIBELS = 65;
  private static final double TRANSITION = 0.4;

  /** Taps of all phases together, 512 kB. */
  static final int MOST_COEFFICIENTS = 1 << 17;

  private static final SharedDesigns<RateRatio, ResamplingKernel> DESIGNS =
      new SharedDesigns<>(ResamplingKernel::new);

  /** Taps of a phase stand from {@link #first} on, for input offsets {@code 1 - half .. half}. */
  final float[] coefficients;

  /** Input samples needed after an output's position. */
  final int half;

  /** Taps a phase. */
  final int taps;

  /** Phases of the ratio, and steps of a sample for which taps are there. */
  private final int up;

  private final int steps;

  private ResamplingKernel(RateRatio ratio) {
    double nyquist = 0.5 * Math.min(1, (double) ratio.up() / ratio.down());
    double beta = 0.1102 * (STOPBAND_DECIBELS - 8.7);
    double width = (STOPBAND_DECIBELS - 7.95) / (14.36 * TRANSITION * nyquist) / 2;
    half = (int) Math.ceil(width);
    taps = 2 * half;
    up = ratio.up();
    steps = Math.min(up, Math.max(1, MOST_COEFFICIENTS / taps));
    // Between the last step and the next sample the nearest may be that sample.
    int phases = steps < up ? steps + 1 : up;
    coefficients = new float[phases * taps];
    double[] phaseTaps = new double[taps];
    for (int phase = 0; phase < phases; phase++) {
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        double time = 1 - half + tap - (double) phase / steps;
        phaseTaps[tap] = sinc(2 * nyquist * time) * kaiser(time / width, beta);
        sum += phaseTaps[tap];
      }
      for (int tap = 0; tap < taps; tap++) {
        coefficients[phase * taps + tap] = (float) (phaseTaps[tap] / sum);
      }
    }
  }

  static ResamplingKernel of(RateRatio ratio) {
    return DESIGNS.of(ratio);
  }

  /**
   * Where the taps of a phase begin.
   *
   * @param phase of the ratio, 0 to below {@code up}
   */
  int first(int phase) {
    return taps * (steps == up ? phase : (int) Math.round((double) phase * steps / up));
  }

  private static double sinc(double x) {
    double angle = Math.PI * x;
    return Math.abs(angle) < 1e-12 ? 1 : Math.sin(angle) / angle;
  }

  private static double kaiser(double x, double beta) {
    return Math.abs(x) >= 1 ? 0 : besselI0(beta * Math.sqrt(1 - x * x)) / besselI0(beta);
  }

  private static double besselI0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
