package io.physiowave.connectors.command;

import io.physiowave.connectors.replay.Replayer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until released, Ctrl-C ends a replay in order: the frame in hand goes out as the last of its
 * session, and the Java machine waits for it.
 */
final class CancelledByShutdown {
  private static final Logger LOG = LoggerFactory.getLogger(CancelledByShutdown.class);
  private static final long PATIENCE_SECONDS = 10;

  private final CountDownLatch released = new CountDownLatch(1);
  private final Thread hook;

  CancelledByShutdown(Replayer replayer) {
    hook = new Thread(() -> cancel(replayer), "replay-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void cancel(Replayer replayer) {
    replayer.cancel();
    try {
      boolean ended = released.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      LOG.debug("replay ended in order: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets go; false when a shutdown has begun, which then is what ended the replay. */
  boolean release() {
    released.countDown();
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
