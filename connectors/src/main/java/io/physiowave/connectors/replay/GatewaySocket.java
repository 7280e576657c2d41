package io.physiowave.connectors.replay;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection to {@code /v1/stream}: messages out, answers in, until it breaks. */
final class GatewaySocket implements WebSocket.Listener, AutoCloseable {
  private final StringBuilder text = new StringBuilder();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private WebSocket connection;
  private CompletableFuture<WebSocket> sent;

  private GatewaySocket() {}

  /** An answer, or the end of the connection. */
  private record Event(String text, boolean isEnd) {}

  /** The connection is of no more use. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  /**
   * Connects.
   *
   * @throws CompletionException when there is no connection
   * @throws FrameSinkException when the gateway lets nobody in, or another server answers
   */
  static GatewaySocket connect(HttpClient client, URI address, Optional<String> token) {
    GatewaySocket socket = new GatewaySocket();
    WebSocket.Builder builder =
        client.newWebSocketBuilder().connectTimeout(GatewayAddress.CONNECTING);
    token.ifPresent(word -> builder.header("Authorization", "Bearer " + word));
    try {
      socket.connection = builder.buildAsync(address, socket).join();
      socket.sent = CompletableFuture.completedFuture(socket.connection);
      return socket;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused
          && refused.getResponse().statusCode() < 500) {
        throw new FrameSinkException(
            address
                + " does not take frames: it answers "
                + refused.getResponse().statusCode()
                + (refused.getResponse().statusCode() == 401
                    ? "; expected a token that it knows"
                    : "; is it a gateway?"),
            e);
      }
      throw e;
    }
  }

  /** Sends a message after those before it; if it cannot be sent, {@link #nextAnswer} says so. */
  void send(byte[] message) {
    sent = sent.thenCompose(socket -> socket.sendBinary(ByteBuffer.wrap(message), true));
    var unused =
        sent.whenComplete(
            (socket, failure) -> {
              if (failure != null) {
                end("it breaks off: " + failure.getMessage());
              }
            });
  }

  /** Whether the next answer, or the end of the connection, has come. */
  boolean hasAnswer() {
    return !events.isEmpty();
  }

  /** Waits for the next answer. */
  String nextAnswer() throws BrokenException, InterruptedException {
    Event event = events.poll(GatewayAddress.ANSWERING.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new BrokenException(
          "it has not answered for " + GatewayAddress.ANSWERING.toSeconds() + " s");
    }
    if (event.isEnd()) {
      throw new BrokenException(event.text());
    }
    return event.text();
  }

  private void end(String why) {
    events.add(new Event(why, true));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      events.add(new Event(text.toString(), false));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end("it closes the connection with " + code + ": " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    end("it breaks off: " + failure.getMessage());
  }

  /** Not after what is being sent: a gateway that does not read may keep that for ever. */
  @Override
  public void close() {
    connection.abort();
  }
}
