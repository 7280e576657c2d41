package io.physiowave.core.dsp;

/**
 * Polyphase taps of a Kaiser-windowed low-pass filter for one rate ratio.
 *
 * <p>The transition band reaches from 0.8 to 1.2 of the lower Nyquist frequency, so that what folds
 * back lands above 0.8 of it. A sharper filter would have to look further ahead, and what it looks
 * ahead is latency: so it is 5 samples of the slower rate, scaled by about 2. Each phase sums to 1,
 * therefore a constant passes exactly.
 */
final class ResamplingKernel {
  private static final double STOPBAND_DECIBELS = 65;
  private static final double TRANSITION = 0.4;
  private static final SharedDesigns<RateRatio, ResamplingKernel> DESIGNS =
      new SharedDesigns<>(ResamplingKernel::new);

  /** Taps of phase p stand at {@code p * taps}, for input offsets {@code 1 - half .. half}. */
  final float[] coefficients;

  /** Input samples needed after an output's position. */
  final int half;

  /** Taps a phase. */
  final int taps;

  private ResamplingKernel(RateRatio ratio) {
    double nyquist = 0.5 * Math.min(1, (double) ratio.up() / ratio.down());
    double beta = 0.1102 * (STOPBAND_DECIBELS - 8.7);
    double width = (STOPBAND_DECIBELS - 7.95) / (14.36 * TRANSITION * nyquist) / 2;
    half = (int) Math.ceil(width);
    taps = 2 * half;
    coefficients = new float[Math.multiplyExact(ratio.up(), taps)];
    double[] phaseTaps = new double[taps];
    for (int phase = 0; phase < ratio.up(); phase++) {
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        double time = 1 - half + tap - (double) phase / ratio.up();
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
