package io.physiowave.training.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Sets computed numbers against reference numbers. */
final class GoldenComparison {
  private static final double FORWARD = 2e-5;
  private static final double GRADIENT = 1e-3;
  private static final double STEP = 1e-4;

  private GoldenComparison() {}

  /** One difference per data set of the reference; a missing one is infinitely far. */
  static List<GoldenDifference> of(GoldenValues reference, GoldenValues computed) {
    List<GoldenDifference> differences = new ArrayList<>();
    reference
        .arrays()
        .forEach(
            (name, expected) ->
                differences.add(arrays(name, expected, computed.arrays().get(name))));
    reference
        .perParameter()
        .forEach(
            (name, expected) ->
                differences.add(perParameter(name, expected, computed.perParameter().get(name))));
    return differences;
  }

  private static GoldenDifference arrays(String name, GoldenArray expected, GoldenArray actual) {
    if (actual == null || !Arrays.equals(expected.shape(), actual.shape())) {
      String where = actual == null ? "everywhere: not computed" : "its shape " + actual;
      return new GoldenDifference(name, Double.POSITIVE_INFINITY, where, FORWARD);
    }
    double largest = 0;
    int where = 0;
    for (int index = 0; index < expected.values().length; index++) {
      double wanted = expected.values()[index];
      double absolute = Math.abs(actual.values()[index] - wanted);
      double difference = absolute / Math.max(1, Math.abs(wanted));
      if (!(difference <= largest)) {
        largest = difference;
        where = index;
      }
    }
    return new GoldenDifference(name, largest, "value " + where, FORWARD);
  }

  private static GoldenDifference perParameter(
      String name, NamedValues expected, NamedValues actual) {
    double tolerance = name.endsWith("grad_norm") ? GRADIENT : STEP;
    Map<String, Double> found = actual == null ? Map.of() : actual.values();
    double largest = 0;
    String where = "none";
    for (Map.Entry<String, Double> entry : expected.values().entrySet()) {
      Double value = found.get(entry.getKey());
      double difference =
          value == null
              ? Double.POSITIVE_INFINITY
              : Math.abs(value - entry.getValue()) / Math.max(1e-8, Math.abs(entry.getValue()));
      if (!(difference <= largest)) {
        largest = difference;
        where = entry.getKey();
      }
    }
    return new GoldenDifference(name, largest, where, tolerance);
  }
}
