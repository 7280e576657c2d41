package io.physiowave.streaming.infer;

import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has a model loaded before it is needed, and keeps it until closed. */
public final class ModelPreload implements AutoCloseable {
  private final ServedModel model;
  private final LoadedModels.Lease lease;
  private final int leftCalls;

  private ModelPreload(ServedModel model, LoadedModels.Lease lease, int leftCalls) {
    this.model = model;
    this.lease = lease;
    this.leftCalls = leftCalls;
  }

  /**
   * Loads a model, runs it once and lets it go.
   *
   * @throws IOException when the file cannot be read
   * @throws ModelRefusedException when it cannot be loaded or does not answer as its card says
   */
  public static void check(ServedModel model, InferenceOptions options) throws IOException {
    ModelRunner.open(model, options).close();
  }

  /** Begins to load, unless somebody has. */
  public static ModelPreload start(ServedModel model, InferenceOptions options) {
    return new ModelPreload(model, LoadedModels.lease(model, options), LeftCalls.of(model));
  }

  /** The model. */
  public ServedModel model() {
    return model;
  }

  /** Whether loading has ended, well or not. */
  public boolean isDone() {
    return lease.model().isDone();
  }

  /** Whether the model still loads, and has done so for longer than a limit, here or before. */
  public boolean isOverdue(Duration limit) {
    return !isDone() && leftNanos(limit) <= 0;
  }

  private long leftNanos(Duration limit) {
    return limit.toNanos() - lease.age().toNanos();
  }

  /** Waits until loading has ended, well or not. */
  public void awaitEnd() throws InterruptedException {
    awaitEnd(Duration.ofNanos(Long.MAX_VALUE));
  }

  /** Waits until loading has ended, well or not, or has taken longer than a limit. */
  public void awaitEnd(Duration limit) throws InterruptedException {
    try {
      lease.model().get(leftNanos(limit), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Who wants the model is told then.
    }
  }

  /**
   * Why the model cannot be tried: it could not be loaded, or loads for longer than a limit, or
   * calls of it did not come back that were made before this task began.
   */
  public Optional<Throwable> failure(Duration limit) {
    if (!isDone()) {
      return Optional.of(
          new ModelRefusedException(
              model
                  + ": not loaded within "
                  + limit.toMillis()
                  + " ms, the limit for models on trial (inference.trial-timeout); one thread of"
                  + " this process has been at it for "
                  + lease.age().toSeconds()
                  + " s"));
    }
    if (leftCalls > 0) {
      return Optional.of(
          new ModelRefusedException(
              model
                  + ": calls of it that have not come back in this process: "
                  + leftCalls
                  + "; it is not tried again here before they have"));
    }
    return lease.model().handle((loaded, failure) -> Optional.ofNullable(failure)).join();
  }

  /**
   * Requires a model whose loading has ended.
   *
   * @throws CompletionException when it could not be loaded
   */
  public void require() {
    lease.model().join();
  }

  /** Lets the model go. */
  @Override
  public void close() {
    lease.close();
  }
}
