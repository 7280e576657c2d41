package io.physiowave.streaming.sql;

import io.physiowave.streaming.infer.ModelRunner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A thread that asks the model for all windows that wait, and meanwhile lets the next ones gather:
 * nobody waits for company, and batches grow with the load. How many wait is bounded by who asks.
 */
final class GatheredCalls implements AutoCloseable {
  private final ModelRunner runner;
  private final int maximumBatch;
  private final FloatBuffer inputs;
  private final BlockingQueue<Call> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** A window, and who waits for its answer. */
  private record Call(float[] window, CompletableFuture<float[]> answer) {}

  /**
   * Takes over a model.
   *
   * @param runner closed with this
   * @param maximumBatch most windows in one call
   */
  GatheredCalls(ModelRunner runner, int maximumBatch) {
    this.runner = runner;
    this.maximumBatch = maximumBatch;
    inputs =
        ByteBuffer.allocateDirect(maximumBatch * runner.inputSize() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    thread = new Thread(this::answer, "predictions of " + Thread.currentThread().getName());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks for one window.
   *
   * @param window {@code float[rows * samples]}, not to be changed until the answer is there
   * @return {@code float[classes]}, probabilities
   */
  CompletableFuture<float[]> ask(float[] window) {
    CompletableFuture<float[]> answer = new CompletableFuture<>();
    waiting.add(new Call(window, answer));
    return answer;
  }

  private void answer() {
    List<Call> batch = new ArrayList<>(maximumBatch);
    try {
      while (true) {
        batch.add(waiting.take());
        waiting.drainTo(batch, maximumBatch - 1);
        answer(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      waiting.drainTo(batch);
      batch.forEach(
          call ->
              call.answer.completeExceptionally(
                  new CancellationException("the query's task is closing")));
    }
  }

  private void answer(List<Call> batch) {
    try {
      inputs.clear();
      batch.forEach(call -> inputs.put(call.window));
      float[] rows = runner.run(inputs.flip(), batch.size());
      int classes = runner.classes();
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.complete(Arrays.copyOfRange(rows, i * classes, (i + 1) * classes));
      }
    } catch (RuntimeException e) {
      batch.forEach(call -> call.answer.completeExceptionally(e));
    }
  }

  /** Gives the model back once it is in no call; who still waits is told. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    runner.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
