package io.physiowave.streaming.sql;

import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.util.List;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.AsyncPredictRuntimeProvider;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;

/** A model of a query: a query says by {@code MAP['async', ...]} which form it wants. */
record SqlModelProvider(ServedModel model, InferenceOptions options, List<PredictionColumn> columns)
    implements PredictRuntimeProvider, AsyncPredictRuntimeProvider {
  @Override
  public PredictFunction createPredictFunction(ModelProvider.Context context) {
    return new PredictEachWindow(model, options, columns);
  }

  @Override
  public AsyncPredictFunction createAsyncPredictFunction(ModelProvider.Context context) {
    return new PredictInBatches(model, options, columns);
  }

  /** Nothing in it changes. */
  @Override
  public ModelProvider copy() {
    return this;
  }
}
