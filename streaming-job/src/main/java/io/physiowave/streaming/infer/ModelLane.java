package io.physiowave.streaming.infer;

import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowCalibration;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One model's queue within a subtask: a batch that gathers while another one runs, and a full one
 * that goes to the model as soon as it is free. All but {@link Call#run} belongs to the task's
 * thread.
 */
final class ModelLane implements AutoCloseable {
  private static final float[] NOT_ASKED = {};

  /** One gathers, one is with the model, and one waits for it or is answered. */
  private static final int BATCHES = 3;

  private final ServedModel served;
  private final InferenceOptions options;
  private LaneRunner runner;
  private WindowBatch gathering;
  private final Deque<WindowBatch> spares = new ArrayDeque<>(BATCHES);
  private final Deque<WindowBatch> underWay = new ArrayDeque<>(BATCHES);
  private ExecutorService own;

  /** Why the model is no longer asked; null while it is. */
  private String failure;

  private ModelLane(ServedModel served, InferenceOptions options) {
    this.served = served;
    this.options = options;
    runner = new LaneRunner(served, options);
    gathering = newBatch();
    addSpares();
  }

  /** Opens a model for a subtask, warmed up and with room for windows. */
  static ModelLane open(ServedModel served, InferenceOptions options) throws IOException {
    ModelLane lane = new ModelLane(served, options);
    lane.makeRoom();
    lane.runner.open();
    return lane;
  }

  /**
   * A model on trial: opened, and warmed up, by its first call. To be switched off unless {@link
   * #makeRoom} succeeds.
   */
  static ModelLane onTrial(ServedModel served, InferenceOptions options) {
    return new ModelLane(served, options);
  }

  private WindowBatch newBatch() {
    return new WindowBatch(served, options.maximumBatch());
  }

  /**
   * Makes the room for windows, unless it is there.
   *
   * @throws ModelRefusedException when this process has no room; what it had is free again
   */
  void makeRoom() {
    try {
      gathering.makeRoom();
      spares.forEach(WindowBatch::makeRoom);
    } catch (ModelRefusedException e) {
      gathering = newBatch();
      spares.clear();
      addSpares();
      throw e;
    }
  }

  private void addSpares() {
    while (spares.size() < BATCHES - 1) {
      spares.add(newBatch());
    }
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
    return !underWay.isEmpty();
  }

  /**
   * Whether what has gathered may go to the model while another batch is there, so that no time
   * passes between the two. Models on trial have other threads and are asked one batch at a time.
   */
  boolean mayFollow() {
    return !spares.isEmpty() && underWay.peekLast().serves() && gathering.serves();
  }

  /** Whether no window waits for an answer. */
  boolean isIdle() {
    return !isRunning() && gathering.isEmpty();
  }

  /** Whether the answer to some window is a label, more than what a shadow says beside it. */
  boolean owesLabels() {
    return gathering.owesLabels() || underWay.stream().anyMatch(WindowBatch::owesLabels);
  }

  /** Whether the model has failed and is no longer asked: its windows get no label. */
  boolean isOff() {
    return failure != null;
  }

  /** Asks the model no longer. */
  void switchOff(String why) {
    failure = why;
  }

  /**
   * Asks the model again.
   *
   * @throws ModelRefusedException when there is no room for its windows
   */
  void switchOn() {
    makeRoom();
    failure = null;
  }

  /** The thread for calls on trial; it ends when the lane is closed or given up. */
  ExecutorService ownThread() {
    if (own == null) {
      own =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread thread = new Thread(task, "trial of " + served);
                thread.setDaemon(true);
                return thread;
              });
    }
    return own;
  }

  /** Takes what has gathered to the model; only when none is there, or {@link #mayFollow}. */
  Call start() {
    WindowBatch batch = gathering;
    underWay.add(batch);
    gathering = spares.remove();
    return new Call(runner, batch);
  }

  /** A batch on its way through the model. */
  final class Call {
    private final LaneRunner asked;
    private final WindowBatch batch;
    private long startedNanos;
    private boolean given;

    private Call(LaneRunner asked, WindowBatch batch) {
      this.asked = asked;
      this.batch = batch;
    }

    /** Asks the model, keeping what it throws; on any one thread. */
    Answer run() {
      startedNanos = System.nanoTime();
      return asked.ask(batch);
    }

    /** Whether a label that counts depends on the model, in this batch or the next. */
    boolean serves() {
      return batch.serves() || gathering.serves();
    }

    /**
     * Leaves its buffer and its session to a call that does not come back; the session is closed
     * when it does, and until then counts among {@link LeftCalls}. The lane goes on with new ones.
     */
    void giveUp() {
      given = true;
      runner = new LaneRunner(served, options);
      LeftCalls.add(served);
      own.execute(
          () -> {
            asked.close();
            LeftCalls.remove(served);
          });
      own.shutdown();
      own = null;
    }

    /** The model is free again; the batch is not before its answers are out. */
    void returned() {
      underWay.remove();
    }

    /** Hands out the answers in the order of the windows, and the batch can gather again. */
    void complete(
        Answer answer, long nowMicros, InferenceMetrics metrics, Consumer<InferredWindow> out) {
      if (isOff()) {
        metrics.failed(batch.count(), batch.asked());
      } else {
        metrics.completed(
            served,
            batch.count(),
            batch.asked(),
            startedNanos - batch.openedNanos(),
            answer.ranNanos());
      }
      int classes = served.card().labels().size();
      for (int i = 0; i < batch.count(); i++) {
        SignalWindow window = batch.window(i);
        int slot = batch.slot(i);
        if (slot >= 0 && isOff()) {
          out.accept(InferredWindow.failed(window, served, failure, nowMicros, batch.role(i)));
        } else {
          float[] row =
              slot < 0
                  ? NOT_ASKED
                  : Arrays.copyOfRange(
                      answer.probabilities(), slot * classes, (slot + 1) * classes);
          WindowCalibration calibration = slot < 0 ? WindowCalibration.NONE : batch.calibration(i);
          LogitBias.add(calibration.scores(), row);
          out.accept(
              InferredWindow.of(window, served, row, nowMicros, batch.role(i), calibration.id()));
        }
      }
      makeWay();
    }

    /** Lets the batch gather again, unanswered. */
    void makeWay() {
      batch.clear();
      spares.add(given ? newBatch() : batch);
    }
  }

  /** Waits for no call: a session that is in use on the lane's own thread is closed there. */
  @Override
  public void close() {
    if (own == null) {
      runner.close();
    } else {
      own.execute(runner::close);
      own.shutdown();
    }
  }
}
