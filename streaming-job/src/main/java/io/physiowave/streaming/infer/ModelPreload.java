package io.physiowave.streaming.infer;

import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Loads a model before it is needed, on a thread of its own, and keeps it until closed. */
public final class ModelPreload implements AutoCloseable {
  private static final Executor THREAD =
      task -> {
        Thread thread = new Thread(task, "loading a model");
        thread.setDaemon(true);
        thread.start();
      };

  private final ServedModel model;
  private final CompletableFuture<ModelRunner> runner;
  private final long startedNanos = System.nanoTime();

  private ModelPreload(ServedModel model, CompletableFuture<ModelRunner> runner) {
    this.model = model;
    this.runner = runner;
  }

  /**
   * Loads a model on the caller's thread, runs it once and lets it go.
   *
   * @throws IOException when the file cannot be read
   * @throws ModelRefusedException when it cannot be loaded or does not answer as its card says
   */
  public static void check(ServedModel model, InferenceOptions options) throws IOException {
    ModelRunner.open(model, options).close();
  }

  /** Begins to load. */
  public static ModelPreload start(ServedModel model, InferenceOptions options) {
    return new ModelPreload(
        model,
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ModelRunner.open(model, options);
              } catch (IOException e) {
                throw new ModelRefusedException(model + ": " + e.getMessage(), e);
              }
            },
            THREAD));
  }

  /** The model. */
  public ServedModel model() {
    return model;
  }

  /** Whether loading has ended, well or not. */
  public boolean isDone() {
    return runner.isDone();
  }

  /** Whether the model still loads, and has done so for longer than a limit. */
  public boolean isOverdue(Duration limit) {
    return !isDone() && leftNanos(limit) <= 0;
  }

  private long leftNanos(Duration limit) {
    return limit.toNanos() - (System.nanoTime() - startedNanos);
  }

  /** Waits until loading has ended, well or not. */
  public void awaitEnd() throws InterruptedException {
    awaitEnd(Duration.ofNanos(Long.MAX_VALUE));
  }

  /** Waits until loading has ended, well or not, or has taken longer than a limit. */
  public void awaitEnd(Duration limit) throws InterruptedException {
    try {
      runner.get(leftNanos(limit), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Who wants the model is told then.
    }
  }

  /** Why the model cannot be tried: it could not be loaded, or loads for longer than a limit. */
  public Optional<Throwable> failure(Duration limit) {
    if (!isDone()) {
      return Optional.of(
          new ModelRefusedException(
              model
                  + ": not loaded within "
                  + limit.toMillis()
                  + " ms, the limit for models on trial (inference.trial-timeout)"));
    }
    return runner
        .handle((opened, failure) -> Optional.ofNullable(failure))
        .join()
        .map(failure -> failure instanceof CompletionException ? failure.getCause() : failure);
  }

  /**
   * Requires a model whose loading has ended.
   *
   * @throws CompletionException when it could not be loaded
   */
  public void require() {
    runner.join();
  }

  /** Lets the model go, as soon as it is loaded. */
  @Override
  public void close() {
    CompletableFuture<Void> unused = runner.thenAccept(ModelRunner::close);
  }
}
