package io.physiowave.streaming.sql;

import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.infer.ModelRunner;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.FunctionContext;

/** Puts the windows that wait at the same time to the model together: the asynchronous form. */
public final class PredictInBatches extends AsyncPredictFunction {
  private static final long serialVersionUID = 1L;

  private final ServedModel model;
  private final InferenceOptions options;
  private final List<PredictionColumn> columns;

  private transient ModelCard card;
  private transient WindowColumn input;
  private transient GatheredCalls calls;

  PredictInBatches(ServedModel model, InferenceOptions options, List<PredictionColumn> columns) {
    this.model = model;
    this.options = options;
    this.columns = List.copyOf(columns);
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    card = model.card();
    input = new WindowColumn(card);
    calls = new GatheredCalls(ModelRunner.open(model, options), options.maximumBatch());
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
        ? calls.ask(window).thenApply(answer -> rows(Prediction.of(card, answer)))
        : CompletableFuture.completedFuture(rows(Prediction.refused(problem)));
  }

  private Collection<RowData> rows(Prediction prediction) {
    return List.of(prediction.row(columns));
  }

  @Override
  public void close() {
    if (calls != null) {
      calls.close();
      calls = null;
    }
  }
}
