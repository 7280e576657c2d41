package io.physiowave.streaming.infer;

import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;

/** A lane's runner, opened by the first call unless before. For one thread at a time. */
final class LaneRunner implements AutoCloseable {
  private final ServedModel served;
  private final InferenceOptions options;
  private ModelRunner runner;

  LaneRunner(ServedModel served, InferenceOptions options) {
    this.served = served;
    this.options = options;
  }

  /** Loads or shares the model and warms it up, unless that was done. */
  void open() throws IOException {
    if (runner == null) {
      runner = ModelRunner.open(served, options);
    }
  }

  /** Asks the model, keeping what it throws. */
  @SuppressWarnings("IllegalCatch") // Nobody else would see an Error on this thread.
  Answer ask(WindowBatch batch) {
    if (batch.asked() == 0) {
      return Answer.NOT_ASKED;
    }
    long started = System.nanoTime();
    try {
      open();
      started = System.nanoTime();
      float[] probabilities = runner.run(batch.inputs(), batch.asked());
      return Answer.of(probabilities, System.nanoTime() - started);
    } catch (IOException e) {
      return Answer.failed(
          new ModelRefusedException(served + ": " + e.getMessage(), e),
          System.nanoTime() - started);
    } catch (RuntimeException | Error e) {
      return Answer.failed(e, System.nanoTime() - started);
    }
  }

  @Override
  public void close() {
    if (runner != null) {
      runner.close();
    }
  }
}
