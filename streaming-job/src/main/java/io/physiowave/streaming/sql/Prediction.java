package io.physiowave.streaming.sql;

import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.stabilise.Verdict;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * What a model says of one window.
 *
 * @param label the most probable one, or null for none
 * @param probability of that label, or null
 * @param labels all labels
 * @param probabilities {@code float[labels]}, or null when the model was not asked
 * @param reason why there is no label, or null when there is one
 */
record Prediction(
    String label, Double probability, List<String> labels, float[] probabilities, String reason) {
  /** A model's answer, judged as the streaming job judges it. */
  static Prediction of(ModelCard card, float[] probabilities) {
    Verdict verdict =
        Verdict.of(probabilities, card.labels(), card.decision().minimumProbability());
    return verdict.hasLabel()
        ? new Prediction(
            card.labels().get(verdict.label()),
            (double) probabilities[verdict.label()],
            card.labels(),
            probabilities,
            null)
        : new Prediction(null, null, card.labels(), probabilities, verdict.reason());
  }

  /** A window that was not put to the model. */
  static Prediction refused(String reason) {
    return new Prediction(null, null, List.of(), null, reason);
  }

  /** As the query's columns. */
  RowData row(List<PredictionColumn> columns) {
    GenericRowData row = new GenericRowData(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      row.setField(i, columns.get(i).of(this));
    }
    return row;
  }
}
