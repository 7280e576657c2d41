package io.physiowave.streaming.model;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a job's store holds a copy of a model, beside whoever uses the model: nobody
 * waits for it, and nothing fails when it cannot be written. It is tried again, later and later,
 * until it is there or nobody uses the model any more.
 */
public final class KeptCopy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptCopy.class);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** As long as a web server has to give the file. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isMissing;

  private KeptCopy(boolean isMissing) {
    this.isMissing = isMissing;
  }

  /** Of a model that needs no other: it was just read from the store, or there is no store. */
  static KeptCopy there() {
    return new KeptCopy(false);
  }

  /** Begins to write a copy. */
  static KeptCopy start(ModelStore store, ModelFile file) {
    return start(store, file, FIRST_PAUSE);
  }

  static KeptCopy start(ModelStore store, ModelFile file, Duration pause) {
    KeptCopy copy = new KeptCopy(true);
    Thread thread =
        new Thread(() -> copy.keep(store, file, pause), "keeping a copy of " + file.location());
    thread.setDaemon(true);
    thread.start();
    return copy;
  }

  private void keep(ModelStore store, ModelFile file, Duration firstPause) {
    try {
      for (Duration pause = firstPause; !isKept(store, file, pause); pause = longer(pause)) {
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private boolean isKept(ModelStore store, ModelFile file, Duration pause) {
    String place = store.place(file.sha256());
    try {
      LimitedAccess.within(
          LIMIT,
          place,
          () -> {
            store.keep(file);
            return null;
          });
      isMissing = false;
      LOG.info("a copy of {} is kept as {}", file.location(), place);
      return true;
    } catch (IOException | ModelRefusedException e) {
      LOG.warn(
          "no copy of {} can be kept as {}, so the job needs it where it is; tried again in {} s: {}",
          file.location(),
          place,
          pause.toSeconds(),
          e.getMessage());
      return false;
    }
  }

  /** Whether the store does not hold the model yet. */
  public boolean isMissing() {
    return isMissing;
  }

  /** Ends the attempts; one that is under way may still succeed. */
  @Override
  public void close() {
    closed.countDown();
  }
}
