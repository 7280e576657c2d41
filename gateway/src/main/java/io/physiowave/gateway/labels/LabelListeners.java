package io.physiowave.gateway.labels;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Who listens to which stream, and how it goes. Safe for use by several threads. */
public final class LabelListeners {
  private final LabelKind kind;
  private final Runnable arrived;
  private final Map<String, Set<LabelSocket>> byStream = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder late = new LongAdder();
  private volatile boolean leaving;

  /**
   * Nobody yet.
   *
   * @param arrived told of each who comes
   */
  LabelListeners(LabelKind kind, Runnable arrived) {
    this.kind = kind;
    this.arrived = arrived;
  }

  void add(String stream, LabelSocket socket) {
    // First: one that is told something has been counted.
    count.incrementAndGet();
    byStream.compute(
        stream,
        (key, listeners) -> {
          Set<LabelSocket> all = listeners == null ? ConcurrentHashMap.newKeySet() : listeners;
          all.add(socket);
          return all;
        });
    arrived.run();
    if (leaving) {
      socket.sayGoodbye();
    }
  }

  void remove(String stream, LabelSocket socket) {
    byStream.computeIfPresent(
        stream,
        (key, listeners) -> {
          if (listeners.remove(socket)) {
            count.decrementAndGet();
          }
          return listeners.isEmpty() ? null : listeners;
        });
  }

  /**
   * Hands a record to all who listen to its stream, and does nothing for one that nobody hears.
   *
   * @param stream the record's key, UTF-8
   * @throws IllegalArgumentException when the record is not what its topic holds
   */
  void tell(byte[] stream, byte[] record) {
    Set<LabelSocket> hearing = byStream.get(new String(stream, StandardCharsets.UTF_8));
    if (hearing != null) {
      LabelMessage message = LabelMessage.of(kind, record);
      hearing.forEach(socket -> socket.tell(message));
    }
  }

  void ping() {
    all().forEach(LabelSocket::ping);
  }

  /** Says goodbye to all, also to those who are coming in. */
  CompletableFuture<Void> leave() {
    leaving = true;
    return CompletableFuture.allOf(
        all().stream().map(LabelSocket::leave).toArray(CompletableFuture[]::new));
  }

  boolean isLeaving() {
    return leaving;
  }

  private List<LabelSocket> all() {
    return byStream.values().stream().flatMap(Set::stream).toList();
  }

  void countSent() {
    sent.increment();
  }

  void countDropped(int messages) {
    dropped.add(messages);
  }

  void countLate() {
    late.increment();
  }

  /** Listeners that are connected. */
  public int count() {
    return count.get();
  }

  /** Messages that were written to listeners. */
  public long sent() {
    return sent.sum();
  }

  /** Messages that were not, since their listener was let go or has gone. */
  public long dropped() {
    return dropped.sum();
  }

  /** Listeners that were let go since they did not read what was said. */
  public long late() {
    return late.sum();
  }
}
