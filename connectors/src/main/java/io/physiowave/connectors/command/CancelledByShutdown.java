package io.physiowave.connectors.command;

import io.physiowave.connectors.replay.Replayer;
import java.time.Duration;
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
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Replayer replayer;
  private final Duration patience;
  private final CountDownLatch released = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "replay-shutdown");

  CancelledByShutdown(Replayer replayer) {
    this(replayer, PATIENCE);
  }

  CancelledByShutdown(Replayer replayer, Duration patience) {
    this.replayer = replayer;
    this.patience = patience;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What the hook does. */
  void end() {
    replayer.cancel();
    try {
      if (!released.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn(
            "ended though the last of {} frames were not confirmed yet: some may be lost, and the"
                + " session has no end",
            replayer.framesSent());
      }
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
