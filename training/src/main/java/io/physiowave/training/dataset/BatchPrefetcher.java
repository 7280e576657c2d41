package io.physiowave.training.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Prepares batches on other threads while the present one is trained on, a few ahead at most, and
 * hands them out in order.
 *
 * @param <B> kind of batch
 */
public final class BatchPrefetcher<B> implements AutoCloseable {
  private static final int AHEAD_PER_WORKER = 4;

  /** Makes one batch. */
  @FunctionalInterface
  public interface Source<B> {
    /**
     * Makes a batch; called by several threads at once when there are several workers.
     *
     * @param number of the batch
     */
    B batch(int number) throws IOException;
  }

  private final int end;
  private final Source<B> source;
  private final ExecutorService workers;
  private final Queue<Future<B>> ahead = new ArrayDeque<>();
  private int requested;
  private int next;

  /**
   * Starts to prepare batches {@code [first, end)}.
   *
   * @param workers threads, 1 or more
   * @param source of the batches
   */
  public BatchPrefetcher(int first, int end, int workers, Source<B> source) {
    this.end = end;
    this.source = source;
    this.next = first;
    this.requested = first;
    this.workers =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "batch-prefetch");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < workers * AHEAD_PER_WORKER; i++) {
      request();
    }
  }

  private void request() {
    if (requested < end) {
      int number = requested++;
      ahead.add(workers.submit(() -> source.batch(number)));
    }
  }

  /** Whether a batch is left. */
  public boolean hasNext() {
    return next < end;
  }

  /**
   * The next batch, waiting for it if need be.
   *
   * @throws IOException when it could not be read
   */
  public B next() throws IOException {
    Future<B> wanted = ahead.poll();
    if (wanted == null) {
      throw new NoSuchElementException("all batches before " + end + " were taken");
    }
    try {
      B batch = wanted.get();
      next++;
      request();
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a batch");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("a batch could not be made: " + e.getCause(), e.getCause());
    }
  }

  /** Stops preparing and waits until the other threads are done. */
  @Override
  public void close() throws IOException {
    // No interrupt: it would close the files' channels under a reader for good.
    ahead.forEach(batch -> batch.cancel(false));
    workers.shutdown();
    try {
      workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while stopping the prefetch");
    }
  }
}
