package io.physiowave.gateway.http;

import io.physiowave.gateway.intake.ByteBudget;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/** A message of which parts have come. Not for several threads at once. */
final class SocketMessage {
  private static final int FIRST_CAPACITY = 1_024;

  private final ByteBudget memory;
  private byte[] bytes = new byte[0];
  private int length;
  private long begun;

  SocketMessage(ByteBudget memory) {
    this.memory = memory;
  }

  /** Adds a part; false, and nothing is kept, when there is no memory for it. */
  boolean add(ByteBuffer part) {
    if (length == 0) {
      begun = System.nanoTime();
    }
    int needed = length + part.remaining();
    if (needed > bytes.length) {
      int capacity = Math.max(needed, Math.max(FIRST_CAPACITY, 2 * bytes.length));
      if (!memory.tryTake(capacity - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, capacity);
    }
    int count = part.remaining();
    part.get(bytes, length, count);
    length += count;
    return true;
  }

  /** Whether it has been coming for longer than that. */
  boolean isOlderThan(Duration age) {
    return length > 0 && System.nanoTime() - begun > age.toNanos();
  }

  /** Bytes so far. */
  int length() {
    return length;
  }

  /** The whole message; the next one begins. */
  byte[] take() {
    byte[] whole = Arrays.copyOf(bytes, length);
    discard();
    return whole;
  }

  /** Forgets what has come. */
  void discard() {
    memory.give(bytes.length);
    bytes = new byte[0];
    length = 0;
  }
}
