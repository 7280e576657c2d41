package io.physiowave.gateway.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A device that sends frames by WebSocket. */
public final class DeviceSocket implements WebSocket.Listener {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final StringBuilder text = new StringBuilder();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> ponged = new CompletableFuture<>();
  private WebSocket socket;

  private DeviceSocket() {}

  /** Connects; headers are pairs of name and value. */
  public static DeviceSocket connect(int port, String... headers) {
    DeviceSocket device = new DeviceSocket();
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equals("subprotocols")) {
        List<String> names = List.of(headers[i + 1].split(","));
        builder.subprotocols(names.get(0), names.subList(1, names.size()).toArray(String[]::new));
      } else {
        builder.header(headers[i], headers[i + 1]);
      }
    }
    device.socket =
        builder.buildAsync(URI.create("ws://localhost:" + port + "/v1/stream"), device).join();
    return device;
  }

  /** Sends a frame as protobuf; done when it has left. */
  public CompletableFuture<?> send(byte[] protobuf) {
    return socket.sendBinary(ByteBuffer.wrap(protobuf), true);
  }

  /** Sends a frame as JSON. */
  public CompletableFuture<?> send(String json) {
    return socket.sendText(json, true);
  }

  /** Sends a ping; done when it is answered. */
  public CompletableFuture<?> ping() {
    return socket.sendPing(ByteBuffer.wrap(new byte[] {1})).thenCompose(sent -> ponged);
  }

  /** The next answers, in the order in which they come. */
  public List<String> answers(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    while (taken.size() < count) {
      String answer = answers.poll(60, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("no more answers after " + taken);
      }
      taken.add(answer);
    }
    return taken;
  }

  /** Answers that have come and not been asked for. */
  public int answersThatCame() {
    return answers.size();
  }

  /** The code with which the gateway said goodbye. */
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  /** What was agreed upon. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /** Breaks off. */
  public void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      answers.add(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    ponged.complete(null);
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
