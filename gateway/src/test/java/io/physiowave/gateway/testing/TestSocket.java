package io.physiowave.gateway.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of one of the gateway's WebSockets, which keeps what comes. */
abstract class TestSocket implements WebSocket.Listener {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final StringBuilder text = new StringBuilder();
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  /** Connects; headers are pairs of name and value, and {@code subprotocols} one of them. */
  final void open(int port, String path, String... headers) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equals("subprotocols")) {
        List<String> names = List.of(headers[i + 1].split(","));
        builder.subprotocols(names.get(0), names.subList(1, names.size()).toArray(String[]::new));
      } else {
        builder.header(headers[i], headers[i + 1]);
      }
    }
    socket = builder.buildAsync(URI.create("ws://localhost:" + port + path), this).join();
  }

  final WebSocket socket() {
    return socket;
  }

  /** Texts that have come and not been taken. */
  final BlockingQueue<String> texts() {
    return texts;
  }

  /** The next text; fails, naming what came before, when none comes within three minutes. */
  final String nextText(List<?> before) throws InterruptedException {
    String next = texts.poll(3, TimeUnit.MINUTES);
    if (next == null) {
      throw new AssertionError("nothing comes after " + before);
    }
    return next;
  }

  /** The code with which the gateway said goodbye. */
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  /** Breaks off. */
  public void abort() {
    socket.abort();
  }

  /** Something has come. */
  void arrived() {}

  /** A binary message has come. */
  void arrived(byte[] message) {}

  @Override
  public final CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      texts.add(text.toString());
      text.setLength(0);
      arrived();
    }
    from.request(1);
    return null;
  }

  @Override
  public final CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    arrived(bytes);
    arrived();
    from.request(1);
    return null;
  }

  @Override
  public final CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public final void onError(WebSocket from, Throwable failure) {
    closed.completeExceptionally(failure);
  }
}
