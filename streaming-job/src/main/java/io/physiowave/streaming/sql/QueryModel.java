package io.physiowave.streaming.sql;

import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.infer.ModelRunner;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * A model as a query uses it; travels to the task managers.
 *
 * @param model the file and its card
 * @param options how it is loaded
 * @param columns what it is asked for
 */
record QueryModel(ServedModel model, InferenceOptions options, List<PredictionColumn> columns)
    implements Serializable {
  QueryModel {
    columns = List.copyOf(columns);
  }

  ModelCard card() {
    return model.card();
  }

  /**
   * Loads it.
   *
   * @throws io.physiowave.streaming.model.ModelRefusedException when the file has changed since the
   *     query was planned
   */
  ModelRunner load() throws IOException {
    return ModelRunner.open(model, options);
  }

  /** An answer, {@code float[classes]}, as the query's one row. */
  Collection<RowData> answered(float[] probabilities) {
    return rows(Prediction.of(card(), probabilities));
  }

  /** The query's one row of a window that was not put to the model. */
  Collection<RowData> refused(String reason) {
    return rows(Prediction.refused(reason));
  }

  private Collection<RowData> rows(Prediction prediction) {
    return List.of(prediction.row(columns));
  }
}
