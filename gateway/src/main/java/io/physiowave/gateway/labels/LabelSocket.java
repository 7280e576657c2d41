package io.physiowave.gateway.labels;

import io.physiowave.gateway.intake.ByteBudget;
import io.physiowave.gateway.socket.Goodbye;
import io.physiowave.gateway.socket.SocketWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * One listener at {@code /v1/labels}: each message is a label, or an event, of its stream. What it
 * sends is read and dropped.
 *
 * <p>Public, since Jetty calls it by reflection. No thread waits for a listener: what it has not
 * read yet is kept up to {@value #CAPACITY} messages and {@value #CAPACITY_BYTES} bytes, and one
 * that falls behind further is let go.
 */
public final class LabelSocket implements Session.Listener.AutoDemanding {
  /** Messages that may wait: 25 s of a gesture model's labels. */
  static final int CAPACITY = 256;

  static final int CAPACITY_BYTES = 1_000_000;

  private static final int PINGS_IN_VAIN = 3;

  private final String stream;
  private final boolean isBinary;
  private final LabelListeners listeners;
  private final ByteBudget memory;

  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private final SocketWriter writer = new SocketWriter(this::nextMessage, this::messageWritten);
  private final AtomicInteger pings = new AtomicInteger();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private Session session;
  private int waitingBytes;
  private boolean left;

  /** A message with the bytes that the budget lent for it. */
  private record Waiting(LabelMessage message, int lent) {}

  /**
   * A listener that is not connected yet.
   *
   * @param isBinary whether it gets protobuf and not JSON
   * @param listeners holds it while it is connected
   * @param memory for what waits for all listeners
   */
  LabelSocket(String stream, boolean isBinary, LabelListeners listeners, ByteBudget memory) {
    this.stream = stream;
    this.isBinary = isBinary;
    this.listeners = listeners;
    this.memory = memory;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    listeners.add(stream, this);
  }

  /** Takes a message for writing when those before it are written. */
  void tell(LabelMessage message) {
    boolean kept;
    synchronized (this) {
      if (left) {
        return;
      }
      kept = keep(message);
    }
    if (kept) {
      drain();
    } else {
      listeners.countDropped(1);
      listeners.countLate();
      leave(Goodbye.TRY_AGAIN_LATER, "labels come faster than they are read; connect again");
    }
  }

  /** The next message to write needs no budget: those who do not read keep none from who does. */
  private boolean keep(LabelMessage message) {
    int bytes = waiting.isEmpty() ? 0 : message.bytes(isBinary);
    boolean fits = waiting.size() < CAPACITY && waitingBytes + bytes <= CAPACITY_BYTES;
    if (!fits || !memory.tryTake(bytes)) {
      return false;
    }
    waitingBytes += bytes;
    return waiting.add(new Waiting(message, bytes));
  }

  private void drain() {
    writer.drain(session);
  }

  private synchronized Optional<SocketWriter.Message> nextMessage() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Waiting first = waiting.remove();
    giveBack(first);
    LabelMessage next = first.message();
    return Optional.of(
        isBinary
            ? (to, callback) -> to.sendBinary(ByteBuffer.wrap(next.protobuf()), callback)
            : (to, callback) -> to.sendText(next.json(), callback));
  }

  private void messageWritten() {
    listeners.countSent();
  }

  private void giveBack(Waiting message) {
    waitingBytes -= message.lent();
    memory.give(message.lent());
  }

  /** Shows what stands between that the connection lives, and finds out whether it does. */
  void ping() {
    if (pings.incrementAndGet() > PINGS_IN_VAIN) {
      session.disconnect();
    } else {
      session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    pings.set(0);
  }

  /** Lets the listener go, as the gateway stops. */
  void sayGoodbye() {
    leave(Goodbye.GOING_AWAY, "the gateway is stopping; connect again");
  }

  /**
   * The same.
   *
   * @return done when the listener is gone
   */
  CompletableFuture<Void> leave() {
    sayGoodbye();
    return gone;
  }

  private void leave(Goodbye goodbye, String reason) {
    if (forget()) {
      goodbye.say(session, reason);
    }
  }

  /** Takes no more and drops what waits; whether that is new. */
  private boolean forget() {
    boolean isNew;
    synchronized (this) {
      isNew = !left;
      left = true;
      listeners.countDropped(waiting.size());
      waiting.forEach(this::giveBack);
      waiting.clear();
    }
    listeners.remove(stream, this);
    return isNew;
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    forget();
    gone.complete(null);
    callback.succeed();
  }
}
