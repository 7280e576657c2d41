package io.physiowave.dashboard.server;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * One browser. What it has not taken yet is bounded: beyond that, messages to it are dropped and
 * counted, and one that takes nothing for a while is disconnected.
 */
final class Watcher {
  /** Streams whose waveforms one browser may follow at once. */
  static final int MAXIMUM_STREAMS = 64;

  /**
   * Most characters on their way to one browser, whatever room there is: about a second of {@link
   * #MAXIMUM_STREAMS} streams.
   */
  static final long MAXIMUM_PENDING = 4_000_000;

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final Session session;
  private final Backlog backlog;
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile Set<String> streams = Set.of();
  private volatile long lastTakenNanos = System.nanoTime();

  Watcher(Session session, Backlog backlog) {
    this.session = session;
    this.backlog = backlog;
  }

  /**
   * Replaces the streams whose waveforms it follows; those beyond the maximum are passed over.
   *
   * @return those that it did not follow before
   */
  Set<String> watch(Collection<String> wanted) {
    Set<String> before = streams;
    streams = wanted.stream().distinct().limit(MAXIMUM_STREAMS).collect(Collectors.toSet());
    Set<String> added = new HashSet<>(streams);
    added.removeAll(before);
    return added;
  }

  boolean watches(String stream) {
    return streams.contains(stream);
  }

  long dropped() {
    return dropped.get();
  }

  /** Characters on their way to it. */
  long pending() {
    return pending.get();
  }

  /**
   * Sends without waiting, or drops the message when too much is on its way already. A message that
   * is too much by itself (the state of many streams) goes while none is on its way, and others
   * leave room for it.
   */
  void offer(String message) {
    long waiting = pending.get();
    boolean fits = waiting + message.length() <= backlog.share();
    if (!fits && (waiting > 0 || !backlog.hasRoomFor(message.length()))) {
      dropped.incrementAndGet();
      if (System.nanoTime() - lastTakenNanos > PATIENCE_NANOS) {
        session.disconnect();
      }
      return;
    }
    if (pending.getAndAdd(message.length()) == 0) {
      lastTakenNanos = System.nanoTime();
    }
    session.sendText(
        message, Callback.from(() -> taken(message.length()), failure -> session.disconnect()));
  }

  private void taken(int characters) {
    pending.addAndGet(-characters);
    lastTakenNanos = System.nanoTime();
  }
}
