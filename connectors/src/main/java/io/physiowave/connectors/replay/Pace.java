package io.physiowave.connectors.replay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits for points in time after a start, until it is cancelled. */
final class Pace {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long startNanos = System.nanoTime();
  private boolean cancelled;

  /** Nanoseconds since the start, on a clock that never steps. */
  long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }

  /** Waits until so many nanoseconds have passed since the start, or until cancelled. */
  void awaitElapsed(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (long left = nanos - elapsedNanos(); left > 0 && !cancelled; ) {
        left = changed.awaitNanos(Math.min(left, TimeUnit.HOURS.toNanos(1)));
        left = nanos - elapsedNanos();
      }
    } finally {
      lock.unlock();
    }
  }

  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }
}
