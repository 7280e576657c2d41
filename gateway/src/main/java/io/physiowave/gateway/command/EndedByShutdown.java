package io.physiowave.gateway.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until released, Ctrl-C and SIGTERM end a gateway in order: what it has taken is answered first,
 * and the Java machine waits for that.
 */
final class EndedByShutdown {
  private static final Logger LOG = LoggerFactory.getLogger(EndedByShutdown.class);
  private static final long PATIENCE_SECONDS = 25;

  private final CountDownLatch stop;
  private final CountDownLatch released = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "gateway-shutdown");

  /**
   * Watches for the end of the process.
   *
   * @param stop counted down when it comes
   */
  EndedByShutdown(CountDownLatch stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    stop.countDown();
    try {
      if (!released.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("ended though frames were not answered yet: Kafka did not confirm them");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The gateway has ended, or never began. */
  void release() {
    released.countDown();
    try {
      boolean removed = Runtime.getRuntime().removeShutdownHook(hook);
      LOG.debug("shutdown hook removed: {}", removed);
    } catch (IllegalStateException e) {
      LOG.debug("the shutdown that ended the gateway is under way");
    }
  }
}
