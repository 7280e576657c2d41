package io.physiowave.gateway.socket;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Writes to a WebSocket one message after the other, on the thread of whoever comes first; no
 * thread waits. For several threads at once.
 */
public final class SocketWriter {
  private final Supplier<Optional<Message>> next;
  private final Runnable written;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean writing;

  /** A message that is ready. */
  @FunctionalInterface
  public interface Message {
    /** Sends it. */
    void send(Session session, Callback callback);
  }

  /**
   * A writer.
   *
   * @param next takes the next message, by one thread at a time; empty when none is ready
   * @param written told when it is written
   */
  public SocketWriter(Supplier<Optional<Message>> next, Runnable written) {
    this.next = next;
    this.written = written;
  }

  /**
   * Writes what is ready; to be called whenever something may have become so. A connection to which
   * nothing can be written ends.
   */
  public void drain(Session session) {
    if (calls.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      writeNext(session);
      seen = calls.addAndGet(-seen);
    }
  }

  private void writeNext(Session session) {
    if (writing) {
      return;
    }
    Optional<Message> message = next.get();
    if (message.isPresent()) {
      writing = true;
      message
          .get()
          .send(session, Callback.from(() -> proceed(session), failure -> session.disconnect()));
    }
  }

  private void proceed(Session session) {
    written.run();
    writing = false;
    drain(session);
  }
}
