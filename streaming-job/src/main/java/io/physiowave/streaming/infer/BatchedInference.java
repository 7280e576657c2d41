package io.physiowave.streaming.infer;

import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.trace.StationTraces;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.ExceptionUtils;

/**
 * Puts windows of many streams to the models in batches. A batch leaves when it is full or its
 * first window has waited long enough; the next one gathers meanwhile, and a full one follows
 * without waiting until the task has handed out the answers before. One call at a time is under way
 * for each model, and answers leave in the order of the windows; where the models change, all that
 * was cut before is answered first.
 *
 * <p>The failure of a model that serves fails the task. One on trial is switched off until the task
 * starts anew or the model serves: a shadow then says nothing, and a canary's streams go to the
 * model that serves the others where that reads the same windows, else get no label. Not to answer
 * within the limit is a failure, too. Models on trial have threads of their own, and a window that
 * finds a shadow's queue full is not compared, so that a slow shadow holds nobody up.
 *
 * <p>No label is held across a checkpoint: what has gathered is answered before the barrier leaves,
 * so the operator has no state. For shadows alone the barrier does not wait: what they hold when
 * the task fails, at most two batches, is not compared. Metrics: those of {@link InferenceMetrics}.
 */
final class BatchedInference extends AbstractStreamOperator<InferredWindow>
    implements OneInputStreamOperator<AssignedWindow, InferredWindow> {
  private static final long serialVersionUID = 1L;

  /** Calls take milliseconds. */
  static final Duration SHUTDOWN = Duration.ofSeconds(60);

  private static final int MAXIMUM_LANES = 6;

  private final ModelCatalogue models;
  private final InferenceOptions options;
  private final Duration shutdown;
  private final transient MailboxExecutor mailbox;

  private transient Map<String, ModelLane> lanes;
  private transient InferenceMetrics measured;
  private transient ExecutorService caller;

  /** The lane whose call the caller is at, if any. */
  private transient volatile ModelLane called;

  private transient TrialCalls trials;
  private transient StreamRecord<InferredWindow> reused;
  private transient long changes;
  private transient volatile boolean closing;

  BatchedInference(
      StreamOperatorParameters<InferredWindow> parameters,
      ModelCatalogue models,
      InferenceOptions options,
      Duration shutdown) {
    super(parameters);
    this.models = models;
    this.options = options;
    this.shutdown = shutdown;
    mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void open() throws Exception {
    super.open();
    AssignedDevice.learn(getRuntimeContext());
    measured = new InferenceMetrics(getMetricGroup(), options);
    reused = new StreamRecord<>(null);
    lanes = new LinkedHashMap<>(16, 0.75f, true);
    for (ServedModel model : models.models()) {
      lanes.put(model.sha256(), ModelLane.open(model, options));
      measured.opened(model);
    }
    String name = getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks();
    caller =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "inference of " + name);
              thread.setDaemon(true);
              return thread;
            });
    trials = new TrialCalls(options.trialTimeout(), name);
  }

  @Override
  public void processElement(StreamRecord<AssignedWindow> element) throws Exception {
    AssignedWindow assigned = element.getValue();
    if (assigned.changes() != changes) {
      // Other models answer from here on: a stream's windows must not pass those before them.
      drain(false);
      changes = assigned.changes();
    }
    boolean isCompared = assigned.shadow().isPresent() && isReady(assigned.shadow().get());
    WindowRole role = isCompared ? WindowRole.SERVES_COMPARED : WindowRole.SERVES;
    if (assigned.isCanary()
        && assigned.standIn().isPresent()
        && lane(assigned.model(), true).isOff()) {
      add(assigned, assigned.standIn().get(), role, false);
    } else {
      add(assigned, assigned.model(), role, assigned.isCanary());
    }
    if (isCompared) {
      add(assigned, assigned.shadow().get(), WindowRole.SHADOWS, true);
    }
  }

  /** Whether a shadow is asked and has room for a window. */
  private boolean isReady(ServedModel shadow) throws Exception {
    ModelLane lane = lane(shadow, true);
    if (lane.isOff()) {
      return false;
    }
    if (lane.gathering().isFull()) {
      measured.skipped();
      return false;
    }
    return true;
  }

  private void add(AssignedWindow assigned, ServedModel model, WindowRole role, boolean onTrial)
      throws Exception {
    measured.arrived();
    ModelLane lane = lane(model, onTrial);
    while (lane.gathering().isFull()) {
      mailbox.yield();
    }
    if (lane.isOff() && !onTrial) {
      lane.switchOn();
      measured.switched(model, false);
    }
    lane.gathering().add(assigned.window(), assigned.calibration().of(model), role, onTrial);
    if (lane.gathering().isFull() || lane.isOff()) {
      startUnlessBusy(lane);
    } else if (lane.gathering().count() == 1) {
      startAfterWait(lane);
    }
  }

  /** The assembler has loaded the model: what remains is to make buffers and to warm them up. */
  private ModelLane lane(ServedModel model, boolean onTrial) throws Exception {
    ModelLane lane = lanes.get(model.sha256());
    if (lane == null) {
      lane = onTrial ? ModelLane.onTrial(model, options) : ModelLane.open(model, options);
      lanes.put(model.sha256(), lane);
      measured.opened(model);
      if (lanes.size() > MAXIMUM_LANES) {
        drain(false);
        closeLongestIdle(lane);
      }
      if (onTrial) {
        makeRoom(lane);
      }
    }
    return lane;
  }

  /** For a model on trial, none is a reason not to try it: the others must go on. */
  private void makeRoom(ModelLane lane) {
    try {
      lane.makeRoom();
    } catch (ModelRefusedException e) {
      switchOff(lane, e);
    }
  }

  private void closeLongestIdle(ModelLane except) {
    Iterator<ModelLane> longestUnused = lanes.values().iterator();
    while (longestUnused.hasNext()) {
      ModelLane lane = longestUnused.next();
      if (lane.isIdle() && lane != except) {
        lane.close();
        measured.closed(lane.served());
        longestUnused.remove();
        return;
      }
    }
  }

  private void startAfterWait(ModelLane lane) {
    WindowBatch batch = lane.gathering();
    long wait = options.maximumWait().toMillis();
    if (wait == 0) {
      batch.endWait();
      startUnlessBusy(lane);
    } else {
      long opening = batch.openings();
      long due = getProcessingTimeService().getCurrentProcessingTime() + wait;
      ScheduledFuture<?> unused =
          getProcessingTimeService().registerTimer(due, timestamp -> endWait(lane, batch, opening));
    }
  }

  /**
   * A timer may outlive its batch, which then gathers or is with the model for the next time. That
   * it has come is what counts, since the clock may have been set back.
   */
  private void endWait(ModelLane lane, WindowBatch batch, long opening) {
    if (batch == lane.gathering() && batch.openings() == opening) {
      batch.endWait();
      startIfDue(lane);
    }
  }

  private void startIfDue(ModelLane lane) {
    if (lane.gathering().isDue()) {
      startUnlessBusy(lane);
    }
  }

  /** A batch that can grow no more may follow the one that is with the model. */
  private void startUnlessBusy(ModelLane lane) {
    if (!lane.isRunning() || (lane.gathering().isFull() && lane.mayFollow())) {
      start(lane);
    }
  }

  private void start(ModelLane lane) {
    if (lane.gathering().isEmpty()) {
      return;
    }
    ModelLane.Call call = lane.start();
    if (lane.isOff()) {
      complete(lane, call, Answer.NOT_ASKED);
    } else if (call.serves()) {
      caller.execute(
          () -> {
            called = lane;
            Answer answer = call.run();
            called = null;
            report(lane, call, answer);
          });
    } else {
      var unused = trials.ask(lane, call).thenAccept(answer -> report(lane, call, answer));
    }
  }

  private void report(ModelLane lane, ModelLane.Call call, Answer answer) {
    try {
      mailbox.execute(() -> complete(lane, call, answer), "answers of a batch");
    } catch (RejectedExecutionException e) {
      if (!closing) {
        throw e;
      }
    }
  }

  /** A model that serves takes the task with it; one on trial is asked no longer. */
  private void failed(ModelLane lane, ModelLane.Call call, Answer answer) {
    if (call.serves()) {
      call.makeWay();
      // The answer to a batch that follows has nowhere to go any more.
      closing = true;
      ExceptionUtils.rethrow(answer.thrown());
    }
    if (!answer.returned()) {
      call.giveUp();
    }
    switchOff(lane, answer.thrown());
  }

  private void switchOff(ModelLane lane, Throwable thrown) {
    ModelFailure failure = ModelFailure.of(lane.served(), thrown);
    LOG.error("{} has failed on trial and is switched off", lane.served(), thrown);
    lane.switchOff(failure.reason());
    measured.switched(lane.served(), true);
    output.collect(ModelFailure.TAG, new StreamRecord<>(failure));
  }

  private void complete(ModelLane lane, ModelLane.Call call, Answer answer) {
    call.returned();
    if (answer.thrown() != null) {
      failed(lane, call, answer);
    }
    // No station behind takes mail, so these answers are out before those of what starts here.
    if (call.serves() && !lane.isOff()) {
      startIfDue(lane);
    }
    call.complete(
        answer,
        System.currentTimeMillis() * 1000,
        measured,
        window -> output.collect(reused.replace(window.isTraced() ? traced(window) : window)));
    // What waited for a model that is now off goes at once, so that each stream keeps its order.
    if (lane.gathering().isDue() || lane.isOff()) {
      startUnlessBusy(lane);
    }
  }

  /** A span from the window's cutting to its answer, so with its wait for a batch. */
  private static InferredWindow traced(InferredWindow answer) {
    return answer.at(
        StationTraces.record(
            "infer", answer.traceparent(), answer.assembledMicros(), answer.inferredMicros()));
  }

  /**
   * Answers everything that came so far.
   *
   * @param shadowsToo whether to wait for shadows, too
   */
  private void drain(boolean shadowsToo) throws InterruptedException {
    for (ModelLane lane : lanes.values()) {
      while (shadowsToo ? !lane.isIdle() : lane.owesLabels()) {
        startUnlessBusy(lane);
        mailbox.yield();
      }
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    drain(false);
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    drain(false);
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    drain(true);
    super.finish();
  }

  @Override
  public void close() throws Exception {
    closing = true;
    try {
      if (caller != null) {
        caller.shutdownNow();
        if (!caller.awaitTermination(shutdown.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException(
              "a model call has not returned within "
                  + shutdown.toMillis()
                  + " ms of closing the task");
        }
      }
    } finally {
      closeModels();
      super.close();
    }
  }

  /** A session must not be closed below a call: that of one which hangs is closed behind it. */
  private void closeModels() {
    if (trials != null) {
      trials.close();
    }
    if (lanes != null) {
      ModelLane hanging = called;
      lanes.values().stream().filter(lane -> lane != hanging).forEach(ModelLane::close);
      if (hanging != null) {
        closeBehind(caller, hanging);
      }
      lanes.clear();
    }
  }

  private static void closeBehind(ExecutorService caller, ModelLane hanging) {
    Thread thread =
        new Thread(
            () -> {
              try {
                boolean unused = caller.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                hanging.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "end of a call of " + hanging.served());
    thread.setDaemon(true);
    thread.start();
  }
}
