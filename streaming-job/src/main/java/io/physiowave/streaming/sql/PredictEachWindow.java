package io.physiowave.streaming.sql;

import io.physiowave.streaming.infer.ModelRunner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collection;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;

/** One call of the model for each window: the synchronous form. */
public final class PredictEachWindow extends PredictFunction {
  private static final long serialVersionUID = 1L;

  private final QueryModel model;

  private transient WindowColumn input;
  private transient ModelRunner runner;
  private transient float[] window;
  private transient FloatBuffer buffer;

  PredictEachWindow(QueryModel model) {
    this.model = model;
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    input = new WindowColumn(model.card());
    window = new float[input.size()];
    buffer =
        ByteBuffer.allocateDirect(input.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    runner = model.load();
  }

  @Override
  public Collection<RowData> predict(RowData row) {
    String problem = input.read(row, window);
    if (!problem.isEmpty()) {
      return model.refused(problem);
    }
    buffer.clear().put(window).flip();
    return model.answered(runner.run(buffer, 1));
  }

  @Override
  public void close() {
    if (runner != null) {
      runner.close();
      runner = null;
    }
  }
}
