package io.physiowave.core.rhythm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The features of the shape by the formulas of {@link RhythmFeature}, worked out the long way: the
 * beats are kept and their median is taken anew for each.
 */
final class ShapeFormulas {
  private static final int REMEMBERED = 32;

  /** A microvolt, which keeps what is divided by a flat line's range finite. */
  private static final double SMALLEST_RANGE = 1e-3;

  private static final double SMALLEST_ENERGY = 1e-9;

  private final double rate;
  private final boolean[] present;
  private final List<double[][]> remembered = new ArrayList<>();

  ShapeFormulas(double rate, boolean[] present) {
    this.rate = rate;
    this.present = present;
  }

  int samples(int ninetieths) {
    return (int) Math.round(ninetieths / 90.0 * rate);
  }

  private double[][] cut(float[][] around, int offset) {
    double[][] beat = new double[BeatMorphology.CHANNELS][samples(22) + samples(12)];
    for (int channel = 0; channel < beat.length; channel++) {
      for (int i = 0; i < beat[channel].length && present[channel]; i++) {
        beat[channel][i] = around[channel][offset + i];
      }
    }
    return beat;
  }

  private double[][] usual(double[][] ifFirst) {
    if (remembered.isEmpty()) {
      return ifFirst;
    }
    double[][] usual = new double[ifFirst.length][ifFirst[0].length];
    for (int channel = 0; channel < usual.length; channel++) {
      for (int i = 0; i < usual[channel].length; i++) {
        int c = channel;
        int at = i;
        usual[channel][i] = median(remembered.stream().mapToDouble(b -> b[c][at]).toArray());
      }
    }
    return usual;
  }

  /** The values that {@link RhythmFeature} defines for the next beat, in its order. */
  double[] next(float[][] around) {
    double[][] usual = usual(cut(around, samples(4)));
    double[][] beat = null;
    double best = Double.NEGATIVE_INFINITY;
    int qrs = samples(22) - samples(10);
    for (int offset = 0; offset <= 2 * samples(4); offset++) {
      double[][] candidate = cut(around, remembered.isEmpty() ? samples(4) : offset);
      double sum = 0;
      for (int channel = 0; channel < usual.length; channel++) {
        sum += correlation(from(candidate[channel], qrs), from(usual[channel], qrs));
      }
      if (sum > best) {
        best = sum;
        beat = candidate;
      }
    }
    List<Double> values = new ArrayList<>();
    for (int channel = 0; channel < usual.length; channel++) {
      double[] complex = from(beat[channel], qrs);
      double[] typical = from(usual[channel], qrs);
      double[] wave = Arrays.copyOf(beat[channel], samples(22) - samples(7));
      double[] typicalWave = Arrays.copyOf(usual[channel], wave.length);
      double ratio = width(complex) / (width(typical) + 1e-6) + 0.001;
      values.add((correlation(complex, typical) - 0.93) / 0.15);
      values.add((Math.min(1, distance(complex, typical)) - 0.12) / 0.13);
      values.add(limited(Math.log(Math.max(0.05, ratio)), 1.5) / 0.3);
      values.add((correlation(wave, typicalWave) - 0.7) / 0.35);
    }
    remembered.add(beat);
    if (remembered.size() > REMEMBERED) {
      remembered.remove(0);
    }
    return values.stream().mapToDouble(value -> limited(value, 5)).toArray();
  }

  private static double[] from(double[] values, int from) {
    return Arrays.copyOfRange(values, from, values.length);
  }

  private static double limited(double value, double largest) {
    return Math.max(-largest, Math.min(largest, value));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double range(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1] - sorted[0] + SMALLEST_RANGE;
  }

  private static double correlation(double[] a, double[] b) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - mean(a)) * (b[i] - mean(b));
      ofA += Math.pow(a[i] - mean(a), 2);
      ofB += Math.pow(b[i] - mean(b), 2);
    }
    return product / Math.sqrt(ofA * ofB + SMALLEST_ENERGY);
  }

  private static double distance(double[] beat, double[] usual) {
    double square = 0;
    for (int i = 0; i < beat.length; i++) {
      square += Math.pow(beat[i] - usual[i], 2);
    }
    return Math.sqrt(square / beat.length) / range(usual);
  }

  private static double width(double[] values) {
    double middle = median(values);
    return Arrays.stream(values).map(value -> Math.abs(value - middle)).sum() / range(values);
  }
}
