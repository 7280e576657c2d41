package io.physiowave.streaming.sql;

import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.AsyncPredictRuntimeProvider;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;

/** A model of a query, which says by {@code MAP['async', ...]} in which form it wants it. */
record SqlModelProvider(QueryModel model)
    implements PredictRuntimeProvider, AsyncPredictRuntimeProvider {
  @Override
  public PredictFunction createPredictFunction(ModelProvider.Context context) {
    return new PredictEachWindow(model);
  }

  @Override
  public AsyncPredictFunction createAsyncPredictFunction(ModelProvider.Context context) {
    return new PredictInBatches(model);
  }

  /** Nothing in it changes. */
  @Override
  public ModelProvider copy() {
    return this;
  }
}
