package io.physiowave.gateway.intake;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that may be taken up at once. Nobody waits for it: who gets none is to come again. */
public final class ByteBudget {
  private final long maximum;
  private final AtomicLong used = new AtomicLong();

  /**
   * A budget of which nothing is used.
   *
   * @param maximum bytes
   */
  public ByteBudget(long maximum) {
    if (maximum < 1) {
      throw new IllegalArgumentException("budget is " + maximum + " bytes; expected 1 or more");
    }
    this.maximum = maximum;
  }

  /** Takes some; false, and nothing is taken, when that many are not left. */
  public boolean tryTake(long bytes) {
    long before = used.getAndUpdate(now -> now + bytes > maximum ? now : now + bytes);
    return before + bytes <= maximum;
  }

  /** Gives back what was taken. */
  public void give(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Bytes that are taken. */
  public long used() {
    return used.get();
  }
}
