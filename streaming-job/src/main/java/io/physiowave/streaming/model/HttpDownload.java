package io.physiowave.streaming.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.util.IOUtils;

/** Fetches a model file from a web server, of which Flink has no file system. */
final class HttpDownload {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private HttpDownload() {}

  static boolean serves(String location) {
    return location.startsWith("http://") || location.startsWith("https://");
  }

  private static URI address(String location) {
    try {
      return URI.create(location);
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(location + ": not a web address: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the whole body, within 2 min.
   *
   * @throws ModelRefusedException when the location is no address, or the server answers anything
   *     but 200, or with too much
   * @throws IOException when it does not answer in time
   */
  static byte[] read(String location, int maximumBytes) throws IOException {
    return read(location, maximumBytes, ANSWER);
  }

  static byte[] read(String location, int maximumBytes, Duration limit) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address(location)).timeout(limit).build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new ModelRefusedException(
              location + ": the server answers " + response.statusCode() + "; expected 200");
        }
        response
            .headers()
            .firstValueAsLong("content-length")
            .ifPresent(length -> ModelFile.requireLength(location, length, maximumBytes));
        byte[] bytes = read(body, maximumBytes, limit);
        ModelFile.requireEnd(location, body, maximumBytes);
        return bytes;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while downloading", e);
    }
  }

  /** The request's own limit ends with the head of the answer; a body may trickle for ever. */
  private static byte[] read(InputStream body, int maximumBytes, Duration limit)
      throws IOException {
    AtomicBoolean isOverdue = new AtomicBoolean();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              isOverdue.set(true);
              IOUtils.closeQuietly(body);
            },
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    IOException overdue =
        new IOException("the whole answer is not there within " + limit.toMillis() + " ms");
    try {
      byte[] bytes = body.readNBytes(maximumBytes);
      if (isOverdue.get()) {
        throw overdue;
      }
      return bytes;
    } catch (IOException e) {
      throw isOverdue.get() ? overdue : e;
    } finally {
      end.cancel(false);
    }
  }
}
