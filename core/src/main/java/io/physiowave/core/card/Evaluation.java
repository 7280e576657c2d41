package io.physiowave.core.card;

import java.util.List;
import java.util.Map;

/**
 * Figures measured on one named split.
 *
 * @param data what was measured on
 * @param split which part of it, and that training did not see it if so
 * @param values figures by name, e.g. {@code accuracy}
 * @param confusion {@code [true][predicted]} counts in the card's label order; empty if not given
 */
public record Evaluation(
    String data, String split, Map<String, Double> values, List<List<Long>> confusion) {
  public Evaluation {
    values = values == null ? Map.of() : Map.copyOf(values);
    confusion = confusion == null ? List.of() : List.copyOf(confusion);
  }
}
