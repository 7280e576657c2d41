package io.physiowave.streaming.sql;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.FunctionContext;

/** Puts the windows that wait at the same time to the model together: the asynchronous form. */
public final class PredictInBatches extends AsyncPredictFunction {
  private static final long serialVersionUID = 1L;

  private final QueryModel model;

  private transient WindowColumn input;
  private transient GatheredCalls calls;

  PredictInBatches(QueryModel model) {
    this.model = model;
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    input = new WindowColumn(model.card());
    calls = new GatheredCalls(model.load(), model.options().maximumBatch());
  }

  /** Fails with the model's reason alone: Flink's own form prints the wearer's samples. */
  @Override
  public void eval(CompletableFuture<Collection<RowData>> future, Object... arguments) {
    var unused =
        asyncPredict(GenericRowData.of(arguments))
            .whenComplete(
                (rows, failure) -> {
                  if (failure == null) {
                    future.complete(rows);
                  } else {
                    future.completeExceptionally(failure);
                  }
                });
  }

  @Override
  public CompletableFuture<Collection<RowData>> asyncPredict(RowData row) {
    float[] window = new float[input.size()];
    String problem = input.read(row, window);
    return problem.isEmpty()
        ? calls.ask(window).thenApply(model::answered)
        : CompletableFuture.completedFuture(model.refused(problem));
  }

  @Override
  public void close() {
    if (calls != null) {
      calls.close();
      calls = null;
    }
  }
}
