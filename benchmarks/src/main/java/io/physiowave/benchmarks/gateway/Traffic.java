package io.physiowave.benchmarks.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Messages on a route, as fast as they come through or at an even rate. */
final class Traffic {
  private static final int DIGITS = 3;
  private static final long STEP_NANOS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Traffic() {}

  /**
   * Each end keeps a window of messages on their way.
   *
   * @return messages that came through, the last of them a moment after the time
   */
  static long asFastAsItGoes(Route route, Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    AtomicLong through = new AtomicLong();
    CompletableFuture<?>[] windows = new CompletableFuture<?>[route.ends() * route.window()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = new CompletableFuture<>();
      sendNext(route, i % route.ends(), i / route.ends(), end, through, windows[i]);
    }
    await(CompletableFuture.allOf(windows));
    return through.get();
  }

  private static void sendNext(
      Route route,
      int from,
      int number,
      long end,
      AtomicLong through,
      CompletableFuture<?> window) {
    var unused =
        route
            .send(from, number)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    window.completeExceptionally(failure);
                    return;
                  }
                  through.incrementAndGet();
                  if (System.nanoTime() >= end) {
                    window.complete(null);
                  } else {
                    sendNext(route, from, number + route.window(), end, through, window);
                  }
                });
  }

  /**
   * The ends send in turns.
   *
   * @return times of the messages, each from the moment at which it was due, so that one that has
   *     to wait for others is not flattered
   */
  static Millis evenly(Route route, double perSecond, Duration duration)
      throws InterruptedException {
    int count = (int) Math.ceil(perSecond * duration.toNanos() / 1e9);
    Histogram micros = new ConcurrentHistogram(DIGITS);
    CompletableFuture<?>[] all = new CompletableFuture<?>[count];
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + Math.round(i * 1e9 / perSecond);
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(STEP_NANOS);
      }
      all[i] =
          route
              .send(i % route.ends(), i / route.ends())
              .thenRun(() -> micros.recordValue((System.nanoTime() - due) / 1_000));
    }
    await(CompletableFuture.allOf(all));
    return Millis.of(micros);
  }

  private static void await(CompletableFuture<?> messages) throws InterruptedException {
    try {
      messages.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a message does not come through: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "messages do not come through within " + PATIENCE.toSeconds() + " s", e);
    }
  }
}
