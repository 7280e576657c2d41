package io.physiowave.cluster.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as a JobManager gives them in moments that last too short to be met on purpose. */
class FlinkRestTest {
  private HttpServer server;
  private FlinkRest flink;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    flink = new FlinkRest(server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void answers(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @Test
  void a_jobmanager_that_does_not_lead_yet_has_not_refused() {
    answers(
        503,
        "{\"errors\":[\"Service temporarily unavailable due to an ongoing leader election.\"]}");

    assertThat(flink.slots()).isZero();
    assertThatThrownBy(flink::jobs)
        .isInstanceOf(FlinkUnavailableException.class)
        .hasMessageContaining("HTTP 503")
        .hasMessageContaining("leader election");
  }

  @Test
  void a_refusal_gives_the_reason() {
    answers(
        400,
        "{\"errors\":[\"Bad request.\", \"java.lang.X: outer\\nCaused by: java.lang.Y: the reason\"]}");

    assertThatThrownBy(flink::jobs)
        .isInstanceOf(FlinkRefusedException.class)
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("the reason");
  }

  @Test
  void slots_are_counted() {
    answers(200, "{\"slots-total\": 4}");

    assertThat(flink.slots()).isEqualTo(4);
  }
}
