package io.physiowave.streaming.model;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Access to files that may hang, as no file system of Flink has a limit. */
final class LimitedAccess {
  private LimitedAccess() {}

  /**
   * Acts on a thread of its own, which is interrupted and left alone when it takes too long.
   *
   * @param place what is read or written, for people
   * @throws ModelRefusedException when it takes too long, or fails however
   * @throws IOException when the caller is interrupted
   */
  static <T> T within(Duration limit, String place, Callable<T> action) throws IOException {
    FutureTask<T> task = new FutureTask<>(action);
    Thread thread = new Thread(task, "access to " + place);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ModelRefusedException(place + ": no answer within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + place, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelRefusedException refused) {
        throw refused;
      }
      throw new ModelRefusedException(place + ": " + e.getCause(), e.getCause());
    } finally {
      task.cancel(true);
    }
  }
}
