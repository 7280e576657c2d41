package io.physiowave.benchmarks.gateway;

import io.physiowave.benchmarks.load.DeviceFrames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v1/frames}: a frame a request, on connections that stay. */
final class HttpRoute implements Route {
  private final URI address;
  private final DeviceFrames frames;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Device> devices = new ArrayList<>();

  /**
   * Of a gateway.
   *
   * @param address its own, {@code http://host:port}
   */
  HttpRoute(String address, DeviceFrames frames) {
    this.address = URI.create(address + "/v1/frames");
    this.frames = frames;
    for (int i = 0; i < frames.devices(); i++) {
      devices.add(new Device());
    }
  }

  @Override
  public int ends() {
    return devices.size();
  }

  @Override
  public int window() {
    return 1;
  }

  @Override
  public CompletableFuture<Void> send(int end, int number) {
    return devices.get(end).send(frames.frame(end, number));
  }

  /** Sends no frame before the one before it is answered. */
  private final class Device {
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    synchronized CompletableFuture<Void> send(byte[] frame) {
      last = last.thenCompose(answered -> post(frame));
      return last;
    }
  }

  private CompletableFuture<Void> post(byte[] frame) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(frame))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenAccept(response -> Answers.requireAccepted(response.body()));
  }

  /** The connections end when they have been idle. */
  @Override
  public void close() {}
}
