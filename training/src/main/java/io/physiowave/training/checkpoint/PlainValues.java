package io.physiowave.training.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Picks numbers, texts, truth values and flat lists of them out of what a pickle held. */
final class PlainValues {
  private PlainValues() {}

  /** The entries that are scalars or flat lists of scalars, under names of text. */
  static Map<String, Object> of(Map<?, ?> values) {
    Map<String, Object> plain = scalars(values);
    values.forEach(
        (name, value) -> {
          if (name instanceof String text && value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list);
            if (items.stream().allMatch(PlainValues::isScalar)) {
              plain.put(text, items);
            }
          }
        });
    return plain;
  }

  /** The entries that are scalars. */
  static Map<String, Object> scalars(Map<?, ?> values) {
    Map<String, Object> plain = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (name instanceof String text && isScalar(value)) {
            plain.put(text, value);
          }
        });
    return plain;
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }
}
