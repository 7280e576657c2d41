package io.physiowave.benchmarks.gateway;

import io.physiowave.benchmarks.load.DeviceFrames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** {@code /v1/stream}: a WebSocket for each device, a frame a message. */
final class SocketRoute implements Route {
  /** Fewer than the gateway lets be unanswered, so that it never stops reading. */
  private static final int WINDOW = 32;

  private final DeviceFrames frames;
  private final List<Device> devices = new ArrayList<>();

  /**
   * Connects the devices.
   *
   * @param address of the gateway, {@code http://host:port}
   */
  SocketRoute(String address, DeviceFrames frames) {
    this.frames = frames;
    URI uri = URI.create(address.replaceFirst("^http", "ws") + "/v1/stream");
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < frames.devices(); i++) {
      Device device = new Device();
      device.sent = client.newWebSocketBuilder().buildAsync(uri, device);
      devices.add(device);
    }
    devices.forEach(device -> device.sent.join());
  }

  @Override
  public int ends() {
    return devices.size();
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public CompletableFuture<Void> send(int end, int number) {
    return devices.get(end).send(frames.frame(end, number));
  }

  private static final class Device implements WebSocket.Listener {
    private final Queue<CompletableFuture<Void>> unanswered = new ConcurrentLinkedQueue<>();
    private final StringBuilder text = new StringBuilder();

    /** The socket, when all so far has left: it takes one message after the other. */
    private CompletableFuture<WebSocket> sent;

    synchronized CompletableFuture<Void> send(byte[] frame) {
      CompletableFuture<Void> answered = new CompletableFuture<>();
      unanswered.add(answered);
      sent = sent.thenCompose(socket -> socket.sendBinary(ByteBuffer.wrap(frame), true));
      return answered;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        answered(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void answered(String answer) {
      try {
        Answers.requireAccepted(answer);
        unanswered.remove().complete(null);
      } catch (IllegalStateException e) {
        unanswered.remove().completeExceptionally(e);
      }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      failAll(new IllegalStateException("the gateway closes with " + code + ": " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      failAll(failure);
    }

    private void failAll(Throwable failure) {
      unanswered.forEach(answer -> answer.completeExceptionally(failure));
    }
  }

  @Override
  public void close() {
    for (Device device : devices) {
      var unused = device.sent.thenAccept(WebSocket::abort);
    }
  }
}
