package io.physiowave.training.golden;

import java.util.LinkedHashMap;
import java.util.Map;

/** One number per parameter, by the parameter's published name. */
record NamedValues(Map<String, Double> values) {
  NamedValues {
    values = new LinkedHashMap<>(values);
  }

  String[] names() {
    return values.keySet().toArray(String[]::new);
  }

  double[] numbers() {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
