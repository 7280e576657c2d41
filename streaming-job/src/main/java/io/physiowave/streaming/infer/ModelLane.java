package io.physiowave.streaming.infer;

import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One model's queue within a subtask: a batch that gathers while another one runs. All but {@link
 * Call#run} belongs to the task's thread.
 */
final class ModelLane implements AutoCloseable {
  private static final float[] NOT_ASKED = {};

  private final ServedModel served;
  private final ModelRunner runner;
  private WindowBatch gathering;
  private WindowBatch spare;
  private boolean running;

  private ModelLane(ServedModel served, ModelRunner runner, int maximumBatch) {
    this.served = served;
    this.runner = runner;
    gathering = new WindowBatch(maximumBatch, runner.inputSize());
    spare = new WindowBatch(maximumBatch, runner.inputSize());
  }

  /** Opens a model for a subtask, warmed up. */
  static ModelLane open(ServedModel served, InferenceOptions options) throws IOException {
    return new ModelLane(served, ModelRunner.open(served, options), options.maximumBatch());
  }

  /** The model. */
  ServedModel served() {
    return served;
  }

  /** The batch that gathers. */
  WindowBatch gathering() {
    return gathering;
  }

  /** Whether a batch is with the model. */
  boolean isRunning() {
    return running;
  }

  /** Takes what has gathered to the model; only when none is there. */
  Call start() {
    WindowBatch batch = gathering;
    gathering = spare;
    spare = null;
    running = true;
    return new Call(batch);
  }

  /** A batch on its way through the model. */
  final class Call {
    private final WindowBatch batch;
    private final long startedNanos = System.nanoTime();
    private float[] probabilities = NOT_ASKED;
    private long ranNanos;

    private Call(WindowBatch batch) {
      this.batch = batch;
    }

    /** Asks the model; on any one thread. */
    void run() {
      if (batch.asked() > 0) {
        long started = System.nanoTime();
        probabilities = runner.run(batch.inputs(), batch.asked());
        ranNanos = System.nanoTime() - started;
      }
    }

    /** Hands out the answers in the order of the windows and makes way for the next batch. */
    void complete(long nowMicros, InferenceMetrics metrics, Consumer<InferredWindow> out) {
      metrics.completed(
          served, batch.count(), batch.asked(), startedNanos - batch.openedNanos(), ranNanos);
      int classes = runner.classes();
      for (int i = 0; i < batch.count(); i++) {
        SignalWindow window = batch.window(i);
        int slot = batch.slot(i);
        float[] row =
            slot < 0
                ? NOT_ASKED
                : Arrays.copyOfRange(probabilities, slot * classes, (slot + 1) * classes);
        out.accept(InferredWindow.of(window, served, row, nowMicros, batch.role(i)));
      }
      batch.clear();
      spare = batch;
      running = false;
    }
  }

  @Override
  public void close() {
    runner.close();
  }
}
