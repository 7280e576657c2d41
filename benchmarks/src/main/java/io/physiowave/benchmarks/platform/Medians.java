package io.physiowave.benchmarks.platform;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of measurements. */
public final class Medians {
  private Medians() {}

  /** The middle value, or the mean of the two in the middle. */
  public static <T> double of(List<T> measurements, ToDoubleFunction<T> figure) {
    double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
