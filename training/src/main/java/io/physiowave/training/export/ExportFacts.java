package io.physiowave.training.export;

import io.physiowave.core.card.Evaluation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an export found out, for the card.
 *
 * @param kind what was exported
 * @param style how the graph is written
 * @param differences to the training engine, on real windows, of each output that was compared
 * @param comparison figures of the lower precision beside those of float32, on a calibration file;
 *     empty in float32
 */
public record ExportFacts(
    ExportKind kind,
    GraphStyle style,
    Map<String, ExportCheck.Difference> differences,
    List<Evaluation> comparison) {

  /** Copies the collections. */
  public ExportFacts {
    differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    comparison = List.copyOf(comparison);
  }

  /** The largest absolute difference of any output. */
  public double largestDifference() {
    return differences.values().stream()
        .mapToDouble(ExportCheck.Difference::largest)
        .max()
        .orElse(0);
  }

  /** What a card's configuration says of the export. */
  Map<String, Object> configuration() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", kind.text());
    values.put("precision", style.precision().text());
    values.put("fused", style.fused());
    return values;
  }
}
