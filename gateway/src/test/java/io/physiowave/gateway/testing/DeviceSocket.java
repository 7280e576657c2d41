package io.physiowave.gateway.testing;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A device that sends frames by WebSocket. */
public final class DeviceSocket extends TestSocket {
  private final CompletableFuture<Void> ponged = new CompletableFuture<>();

  private DeviceSocket() {}

  /** Connects; headers are pairs of name and value. */
  public static DeviceSocket connect(int port, String... headers) {
    DeviceSocket device = new DeviceSocket();
    device.open(port, "/v1/stream", headers);
    return device;
  }

  /** Sends a frame as protobuf; done when it has left. */
  public CompletableFuture<?> send(byte[] protobuf) {
    return socket().sendBinary(ByteBuffer.wrap(protobuf), true);
  }

  /** Sends a part of a binary message, and not the last. */
  public CompletableFuture<?> sendPart(byte[] part) {
    return socket().sendBinary(ByteBuffer.wrap(part), false);
  }

  /** Sends a frame as JSON. */
  public CompletableFuture<?> send(String json) {
    return socket().sendText(json, true);
  }

  /** Sends a ping; done when it is answered. */
  public CompletableFuture<?> ping() {
    return socket().sendPing(ByteBuffer.wrap(new byte[] {1})).thenCompose(sent -> ponged);
  }

  /** The next answers, in the order in which they come. */
  public List<String> answers(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(nextText(taken));
    }
    return taken;
  }

  /** Answers that have come and not been asked for. */
  public int answersThatCame() {
    return texts().size();
  }

  /** What was agreed upon. */
  public String subprotocol() {
    return socket().getSubprotocol();
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    ponged.complete(null);
    from.request(1);
    return null;
  }
}
