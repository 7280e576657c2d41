package io.physiowave.training.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes streams that have been silent for too long, so that no reader waits for ever. */
final class SilenceWatch implements Closeable {
  private final Duration silence;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "download-silence");
            thread.setDaemon(true);
            return thread;
          });

  SilenceWatch(Duration silence) {
    this.silence = silence;
  }

  /** Watches a stream until closed. */
  Watched over(InputStream stream) {
    return new Watched(stream);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** One stream that is watched. */
  final class Watched implements Closeable {
    private final InputStream stream;
    private final ScheduledFuture<?> checks;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean fired;

    private Watched(InputStream stream) {
      this.stream = stream;
      long every = Math.max(1, silence.toMillis() / 4);
      checks = clock.scheduleWithFixedDelay(this::check, every, every, TimeUnit.MILLISECONDS);
    }

    private void check() {
      if (System.nanoTime() - heardNanos > silence.toNanos()) {
        fired = true;
        try {
          stream.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    /** Something came. */
    void heard() {
      heardNanos = System.nanoTime();
    }

    /** Whether the stream was closed for its silence. */
    boolean fired() {
      return fired;
    }

    @Override
    public void close() {
      checks.cancel(false);
    }
  }
}
