package io.physiowave.training.export;

import io.physiowave.core.card.Evaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an export found out, for the card.
 *
 * @param kind what was exported
 * @param style how the graph is written
 * @param difference to the training engine, on real windows
 * @param comparison figures of the lower precision beside those of float32, on a calibration file;
 *     empty in float32
 */
public record ExportFacts(
    ExportKind kind,
    GraphStyle style,
    ExportCheck.Difference difference,
    List<Evaluation> comparison) {

  /** Copies the list. */
  public ExportFacts {
    comparison = List.copyOf(comparison);
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
