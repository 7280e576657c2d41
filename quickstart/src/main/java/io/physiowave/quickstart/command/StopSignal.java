package io.physiowave.quickstart.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into a request to end, and keeps the process alive until the end has come: summary
 * written, servers stopped, temporary directories deleted.
 */
final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** A signal that is raised when the process is asked to end. */
  static StopSignal onShutdown() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::raiseAndAwaitEnd, "demo-shutdown"));
    return signal;
  }

  private void raiseAndAwaitEnd() {
    raise();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void raise() {
    requested.countDown();
  }

  boolean isRaised() {
    return requested.getCount() == 0;
  }

  /** Waits for the signal; returns whether it was raised. */
  boolean await(long millis) throws InterruptedException {
    return requested.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Says that everything is cleaned up and the process may go. */
  @Override
  public void close() {
    ended.countDown();
  }
}
