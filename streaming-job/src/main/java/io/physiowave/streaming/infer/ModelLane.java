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

  /** Why the model is no longer asked; null while it is. */
  private String failure;

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

  /** Whether the model has failed and is no longer asked: its windows get no label. */
  boolean isOff() {
    return failure != null;
  }

  /** Asks the model no longer. */
  void switchOff(String why) {
    failure = why;
  }

  /** Asks the model again. */
  void switchOn() {
    failure = null;
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
    private Throwable thrown;
    private long ranNanos;

    private Call(WindowBatch batch) {
      this.batch = batch;
    }

    /** Asks the model, keeping what it throws; on any one thread. */
    @SuppressWarnings("IllegalCatch") // Nobody else would see an Error on this thread.
    void run() {
      if (batch.asked() > 0) {
        long started = System.nanoTime();
        try {
          probabilities = runner.run(batch.inputs(), batch.asked());
        } catch (RuntimeException | Error e) {
          thrown = e;
        }
        ranNanos = System.nanoTime() - started;
      }
    }

    /** What the model threw; null when it has answered. */
    Throwable thrown() {
      return thrown;
    }

    /** Whether a label that counts depends on the model, in this batch or the next. */
    boolean serves() {
      return batch.serves() || gathering.serves();
    }

    /** Hands out the answers in the order of the windows and makes way for the next batch. */
    void complete(long nowMicros, InferenceMetrics metrics, Consumer<InferredWindow> out) {
      if (isOff()) {
        metrics.failed(batch.count(), batch.asked());
      } else {
        metrics.completed(
            served, batch.count(), batch.asked(), startedNanos - batch.openedNanos(), ranNanos);
      }
      int classes = runner.classes();
      for (int i = 0; i < batch.count(); i++) {
        SignalWindow window = batch.window(i);
        int slot = batch.slot(i);
        if (slot >= 0 && isOff()) {
          out.accept(InferredWindow.failed(window, served, failure, nowMicros, batch.role(i)));
        } else {
          float[] row =
              slot < 0
                  ? NOT_ASKED
                  : Arrays.copyOfRange(probabilities, slot * classes, (slot + 1) * classes);
          out.accept(InferredWindow.of(window, served, row, nowMicros, batch.role(i)));
        }
      }
      makeWay();
    }

    /** Makes way for the next batch, this one unanswered. */
    void makeWay() {
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
