package io.physiowave.gateway.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A device that listens to labels by WebSocket. */
public final class LabelListener implements WebSocket.Listener {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final StringBuilder text = new StringBuilder();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> heardBinary = new LinkedBlockingQueue<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  private LabelListener() {}

  /** Connects; headers are pairs of name and value. */
  public static LabelListener connect(int port, String query, String... headers) {
    LabelListener listener = new LabelListener();
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI uri = URI.create("ws://localhost:" + port + "/v1/labels?" + query);
    listener.socket = builder.buildAsync(uri, listener).join();
    return listener;
  }

  /** The status with which the gateway refused to connect. */
  public static int statusOf(Throwable failure) {
    return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
  }

  /** Whether a label has come, or comes within a time; it stays to be read. */
  public boolean hasHeard(long millis) throws InterruptedException {
    return first.await(millis, TimeUnit.MILLISECONDS);
  }

  /** What has come, up to the one with a number. */
  public <T> List<T> until(long number, ToLongFunction<T> numbered, Function<String, T> parsed)
      throws InterruptedException {
    List<T> all = new ArrayList<>();
    while (all.isEmpty() || numbered.applyAsLong(all.get(all.size() - 1)) != number) {
      String next = heard.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no more labels after " + all);
      }
      all.add(parsed.apply(next));
    }
    return all;
  }

  /** A message in JSON that has come. */
  public String text() {
    return heard.remove();
  }

  /** Says something, which nobody asked for; returns when it has left. */
  public void say(String word) {
    socket.sendText(word, true).join();
  }

  /** A label in protobuf that has come. */
  public byte[] binary() {
    return heardBinary.remove();
  }

  /** The code with which the gateway said goodbye. */
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  /** Breaks off. */
  public void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(text.toString());
      first.countDown();
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    heardBinary.add(bytes);
    first.countDown();
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.completeExceptionally(failure);
  }
}
