package io.physiowave.quickstart.gateway;

import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.core.frame.SignalFrame;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A sink that lets frames through only while the job is not too far behind, so that a replay at
 * full speed goes at the job's pace and the broker never has to hold a whole recording.
 */
public final class BacklogLimit implements FrameSink {
  private final FrameSink sink;
  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long accepted;
  private long processed;
  private boolean lifted;

  /**
   * Limits what goes into a sink, which is closed with this one.
   *
   * @param limit frames that may be accepted and not yet processed, 1 or more
   */
  public BacklogLimit(FrameSink sink, long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("backlog limit is " + limit + "; expected 1 or more");
    }
    this.sink = sink;
    this.limit = limit;
  }

  @Override
  public void accept(SignalFrame frame) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (accepted - processed >= limit && !lifted) {
        moved.await();
      }
      accepted++;
    } finally {
      lock.unlock();
    }
    sink.accept(frame);
  }

  /** Tells how many frames the job has been through since the start. */
  public void processed(long frames) {
    lock.lock();
    try {
      processed = Math.max(processed, frames);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets everything through from now on: the last frames of a session that is being ended. */
  public void lift() {
    lock.lock();
    try {
      lifted = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public void close() {
    sink.close();
  }
}
