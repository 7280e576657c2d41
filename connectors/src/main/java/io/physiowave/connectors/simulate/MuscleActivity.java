package io.physiowave.connectors.simulate;

import io.physiowave.connectors.simulate.GestureStatistics.Gesture;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Surface EMG as noise shaped in three ways: its spectrum by an autoregressive filter, its likeness
 * between neighbouring electrodes by their correlations, its size by the synergy of the gesture,
 * all as measured for that gesture.
 */
final class MuscleActivity {
  /** A touch on the diagonal: rounded correlations need not be positive definite. */
  private static final double REGULARISATION = 1e-3;

  /** Size changes by so much within a gesture, in natural logarithms of the RMS. */
  private static final double MODULATION_DEVIATION = 0.10;

  private static final double MODULATION_MEMORY = 0.6;
  private static final double MODULATION_SECONDS = 0.1;

  private final Random random;
  private final double[][] mixing;
  private final double[] coefficients;
  private final double innovation;
  private final double[][] history;
  private final double[] white;
  private final double modulationStep;
  private double modulationPlace = 1;
  private double modulationFrom;
  private double modulationTo;

  MuscleActivity(Gesture gesture, double sampleRateHz, Random random) {
    this.random = random;
    double[][] correlation =
        Arrays.stream(gesture.correlation()).map(double[]::clone).toArray(double[][]::new);
    for (int channel = 0; channel < correlation.length; channel++) {
      correlation[channel][channel] += REGULARISATION;
    }
    this.mixing = new CholeskyDecomposition(new Array2DRowRealMatrix(correlation)).getL().getData();
    this.coefficients = gesture.autoregression();
    this.innovation = Math.sqrt(gesture.innovationVariance());
    this.history = new double[mixing.length][coefficients.length];
    this.white = new double[mixing.length];
    this.modulationStep = 1 / (MODULATION_SECONDS * sampleRateHz);
  }

  /**
   * The next sample of every channel.
   *
   * @param unit receives values of about unit power
   */
  void next(double[] unit) {
    double gain = Math.exp(nextModulation());
    for (int channel = 0; channel < white.length; channel++) {
      white[channel] = random.nextGaussian();
    }
    for (int channel = 0; channel < unit.length; channel++) {
      double value = 0;
      for (int other = 0; other <= channel; other++) {
        value += innovation * mixing[channel][other] * white[other];
      }
      double[] past = history[channel];
      for (int lag = 0; lag < past.length; lag++) {
        value += coefficients[lag] * past[lag];
      }
      System.arraycopy(past, 0, past, 1, past.length - 1);
      past[0] = value;
      unit[channel] = value * gain;
    }
  }

  private double nextModulation() {
    if (modulationPlace >= 1) {
      modulationPlace = 0;
      modulationFrom = modulationTo;
      modulationTo =
          MODULATION_MEMORY * modulationTo
              + MODULATION_DEVIATION
                  * Math.sqrt(1 - MODULATION_MEMORY * MODULATION_MEMORY)
                  * random.nextGaussian();
    }
    modulationPlace += modulationStep;
    return modulationFrom + (modulationTo - modulationFrom) * Math.min(1, modulationPlace);
  }
}
