package io.physiowave.streaming.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    long deadline = System.nanoTime() + limit.toNanos();
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(address(location)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new ModelRefusedException(
              location + ": the server answers " + response.statusCode() + "; expected 200");
        }
        response
            .headers()
            .firstValueAsLong("content-length")
            .ifPresent(length -> ModelFile.requireLength(location, length, maximumBytes));
        return read(location, body, maximumBytes, limit, deadline);
      }
    } catch (TimeoutException e) {
      throw late(limit, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while downloading", e);
    } finally {
      // Redirects may go on, and nobody waits for them any more.
      answer.cancel(true);
    }
  }

  private static IOException late(Duration limit, Exception cause) {
    return new IOException(
        "the whole answer is not there within " + limit.toMillis() + " ms", cause);
  }

  /** A body may trickle for ever. */
  private static byte[] read(
      String location, InputStream body, int maximumBytes, Duration limit, long deadline)
      throws IOException {
    AtomicBoolean isOverdue = new AtomicBoolean();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              isOverdue.set(true);
              IOUtils.closeQuietly(body);
            },
            CompletableFuture.delayedExecutor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    try {
      byte[] bytes = body.readNBytes(maximumBytes);
      ModelFile.requireEnd(location, body, maximumBytes);
      if (isOverdue.get()) {
        throw late(limit, null);
      }
      return bytes;
    } catch (IOException e) {
      throw isOverdue.get() ? late(limit, e) : e;
    } finally {
      end.cancel(false);
    }
  }
}
