package io.physiowave.core.rhythm;

import java.util.Arrays;

/** Comparisons of two short stretches of signal, millivolts. */
final class Waveforms {
  private static final double SMALLEST_ENERGY = 1e-9;
  private static final double SMALLEST_RANGE = 1e-3;

  private Waveforms() {}

  /** Pearson correlation; near 0 where one of the two is flat. */
  static double correlation(float[] a, int aFrom, float[] b, int bFrom, int count) {
    double aMean = 0;
    double bMean = 0;
    for (int i = 0; i < count; i++) {
      aMean += a[aFrom + i];
      bMean += b[bFrom + i];
    }
    aMean /= count;
    bMean /= count;
    double product = 0;
    double aEnergy = 0;
    double bEnergy = 0;
    for (int i = 0; i < count; i++) {
      double x = a[aFrom + i] - aMean;
      double y = b[bFrom + i] - bMean;
      product += x * y;
      aEnergy += x * x;
      bEnergy += y * y;
    }
    return product / Math.sqrt(aEnergy * bEnergy + SMALLEST_ENERGY);
  }

  /** Root mean square difference without the mean, relative to the second's peak to peak. */
  static double distance(float[] a, float[] b, int from, int count) {
    double square = 0;
    for (int i = from; i < from + count; i++) {
      double difference = (double) a[i] - b[i];
      square += difference * difference;
    }
    return Math.sqrt(square / count) / range(b, from, count);
  }

  /** Area between the signal and its median value, divided by peak to peak: samples. */
  static double width(float[] signal, int from, int count) {
    float[] sorted = Arrays.copyOfRange(signal, from, from + count);
    Arrays.sort(sorted);
    double middle = ((double) sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    double area = 0;
    for (int i = from; i < from + count; i++) {
      area += Math.abs(signal[i] - middle);
    }
    return area / range(signal, from, count);
  }

  private static double range(float[] signal, int from, int count) {
    float lowest = signal[from];
    float highest = signal[from];
    for (int i = from + 1; i < from + count; i++) {
      lowest = Math.min(lowest, signal[i]);
      highest = Math.max(highest, signal[i]);
    }
    return highest - lowest + SMALLEST_RANGE;
  }
}
