package io.physiowave.gateway.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A program that speaks HTTP with a gateway. */
public final class Web {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Web() {}

  /** Asks for a path; headers are pairs of name and value. */
  public static HttpResponse<String> get(String address, String... headers) throws Exception {
    return CLIENT.send(request(address, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Posts frames; headers are pairs of name and value. */
  public static HttpResponse<String> post(
      String address, String contentType, byte[] body, String... headers) throws Exception {
    return postAsync(address, contentType, body, headers).get();
  }

  /** The same without waiting for the answer. */
  public static CompletableFuture<HttpResponse<String>> postAsync(
      String address, String contentType, byte[] body, String... headers) {
    HttpRequest.Builder request =
        request(address + "/v1/frames", headers).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Posts JSON. */
  public static HttpResponse<String> postJson(String address, String json, String... headers)
      throws Exception {
    return post(address, "application/json", json.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Sends another method. */
  public static HttpResponse<String> send(String method, String address, String... headers)
      throws Exception {
    return CLIENT.send(
        request(address, headers).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String address, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }
}
