package io.physiowave.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server over HTTP while no Kafka answers; with Kafka it is tested in quickstart. */
class DashboardServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static DashboardServer server;

  @BeforeAll
  static void start() {
    // Port 1 answers nobody.
    server = DashboardServer.start(DashboardOptions.local(0, "localhost:1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Nested
  class OverHttp {

    @ParameterizedTest
    @CsvSource({
      "/, text/html",
      "/page.js, javascript",
      "/page.css, text/css",
      "/icon.svg, image/svg+xml"
    })
    void servesThePageAndItsParts(String path, String contentType) throws Exception {
      HttpResponse<String> answer = get(path);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains(contentType);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'");
    }

    @Test
    void thePageNamesNoOtherServer() throws Exception {
      assertThat(get("/").body()).doesNotContain("https://").doesNotContain("http://");
      assertThat(get("/page.css").body()).doesNotContain("@import").doesNotContain("url(");
    }

    @Test
    void saysThatKafkaIsAwaited() throws Exception {
      HttpResponse<String> answer = get("/health");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("waiting");
    }

    @Test
    void listsNoStreamsYet() throws Exception {
      assertThat(get("/api/streams").body())
          .contains("\"connected\":false")
          .contains("\"streams\":[]");
    }

    @Test
    void refusesPagesOfOtherSites() throws Exception {
      HttpRequest foreign =
          HttpRequest.newBuilder(URI.create(server.address() + "/api/streams"))
              .header("Origin", "http://elsewhere.example")
              .build();

      assertThat(CLIENT.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
    }

    private HttpResponse<String> get(String path) throws Exception {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Nested
  class OverWebSocket {

    @Test
    void tellsTheStateAtOnce() throws Exception {
      Inbox inbox = new Inbox();
      WebSocket socket = open(inbox);

      assertThat(inbox.first.get(3, TimeUnit.MINUTES))
          .startsWith("{\"type\":\"status\",\"connected\":false");
      socket.abort();
    }

    @Test
    void closesOnARequestItDoesNotUnderstand() throws Exception {
      Inbox inbox = new Inbox();
      open(inbox).sendText("subscribe", true).join();

      assertThat(inbox.closed.get(3, TimeUnit.MINUTES)).isEqualTo(1007);
    }

    @Test
    void refusesPagesOfOtherSites() {
      CompletableFuture<WebSocket> foreign =
          CLIENT
              .newWebSocketBuilder()
              .header("Origin", "http://elsewhere.example")
              .buildAsync(address(), new Inbox());

      assertThat(foreign)
          .failsWithin(3, TimeUnit.MINUTES)
          .withThrowableThat()
          .withMessageContaining("WebSocketHandshakeException");
    }

    private WebSocket open(Inbox inbox) {
      try {
        return CLIENT.newWebSocketBuilder().buildAsync(address(), inbox).join();
      } catch (CompletionException e) {
        throw new AssertionError("no WebSocket", e);
      }
    }

    private URI address() {
      return URI.create("ws://localhost:" + server.port() + "/live");
    }
  }

  @Test
  void aTakenPortIsNamed() {
    DashboardOptions same = DashboardOptions.local(server.port(), "localhost:1");

    assertThatIllegalStateException()
        .isThrownBy(() -> DashboardServer.start(same))
        .withMessageContaining("localhost:" + server.port());
  }

  /** What a browser would get. */
  private static final class Inbox implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        first.complete(text.toString());
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
