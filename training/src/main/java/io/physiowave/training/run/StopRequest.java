package io.physiowave.training.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the user has asked the process to end (Ctrl-C or a polite kill). While one is open, the
 * process ends only when the run has saved itself and closed it, or after a minute.
 */
public final class StopRequest implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "stop-request");
  private volatile boolean asked;

  /** Listens from now on. */
  public StopRequest() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    asked = true;
    try {
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the run to end, as Ctrl-C does. */
  public void ask() {
    asked = true;
  }

  /** Whether the run should save and end now. */
  public boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, which is what the hook was for.
      asked = true;
    }
  }
}
