package io.physiowave.streaming.sql;

import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.infer.ModelRunner;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;

/** One call of the model for each window: the synchronous form. */
public final class PredictEachWindow extends PredictFunction {
  private static final long serialVersionUID = 1L;

  private final ServedModel model;
  private final InferenceOptions options;
  private final List<PredictionColumn> columns;

  private transient ModelCard card;
  private transient WindowColumn input;
  private transient ModelRunner runner;
  private transient float[] window;
  private transient FloatBuffer buffer;

  PredictEachWindow(ServedModel model, InferenceOptions options, List<PredictionColumn> columns) {
    this.model = model;
    this.options = options;
    this.columns = List.copyOf(columns);
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    card = model.card();
    input = new WindowColumn(card);
    window = new float[input.size()];
    buffer =
        ByteBuffer.allocateDirect(input.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    runner = ModelRunner.open(model, options);
  }

  @Override
  public Collection<RowData> predict(RowData row) {
    return List.of(prediction(row).row(columns));
  }

  private Prediction prediction(RowData row) {
    String problem = input.read(row, window);
    if (!problem.isEmpty()) {
      return Prediction.refused(problem);
    }
    buffer.clear().put(window).flip();
    return Prediction.of(card, runner.run(buffer, 1));
  }

  @Override
  public void close() {
    if (runner != null) {
      runner.close();
      runner = null;
    }
  }
}
