package io.physiowave.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.connectors.trace.Traceparent;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The first span of a frame's trace and the header by which the job goes on with it; the rest of
 * the way is a test of the job.
 */
class TracedFramesTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private final ByteArrayOutputStream exported = new ByteArrayOutputStream();
  private HttpServer collector;

  @BeforeEach
  void startCollector() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::take);
    collector.start();
    System.setProperty("otel.bsp.schedule.delay", "100");
    System.setProperty(
        "otel.exporter.otlp.endpoint", "http://localhost:" + collector.getAddress().getPort());
  }

  @AfterEach
  void stopCollector() {
    System.clearProperty("otel.bsp.schedule.delay");
    System.clearProperty("otel.exporter.otlp.endpoint");
    collector.stop(0);
  }

  /** Keeps what comes. */
  private void take(HttpExchange exchange) throws IOException {
    exported.write(exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Test
  void areWrittenWithThePlaceOfTheSpanThatTheCollectorGets() throws Exception {
    Header header = traceparent("traced", "1");

    String place = new String(header.value(), StandardCharsets.US_ASCII);
    assertThat(Traceparent.sampled(place)).isEqualTo(place);
    String[] fields = place.split("-", -1);
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(exported.toString(StandardCharsets.ISO_8859_1))
                    .contains(SendTraces.SPAN)
                    .contains("physiowave-gateway")
                    .contains(bytes(fields[1]))
                    .contains(bytes(fields[2])));
  }

  @Test
  void areNoneUnlessAsked() throws Exception {
    assertThat(traceparent("untraced", "0")).isNull();
    assertThat(exported.toString(StandardCharsets.ISO_8859_1)).isEmpty();
  }

  private static String bytes(String hexadecimal) {
    return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1);
  }

  /** Sends a frame through a gateway that traces a share, and returns what Kafka got. */
  private static Header traceparent(String stream, String share) throws Exception {
    String brokers = KAFKA.broker().bootstrapServers();
    CountDownLatch stop = new CountDownLatch(1);
    StringWriter out = new StringWriter();
    PrintWriter said = new PrintWriter(out);
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(
            () ->
                CommandRunner.run(
                    new GatewayCommand(stop),
                    said,
                    said,
                    "--port",
                    "0",
                    "--bootstrap-servers",
                    brokers,
                    "--trace-share",
                    share));
    try (FrameTopic topic = KAFKA.topic()) {
      await().atMost(Duration.ofMinutes(3)).until(() -> out.toString().contains(" into "));
      String address = out.toString().replaceAll("(?s)Gateway (\\S+) into.*", "$1");
      assertThat(ReadyGateway.awaitHealth(address)).contains("\"status\":\"ok\"");
      assertThat(Web.postJson(address, TestFrames.json(stream, 0).toString()).statusCode())
          .isEqualTo(200);
      return topic.await(stream, 1).get(0).headers().lastHeader(Traceparent.HEADER);
    } finally {
      stop.countDown();
      assertThat(exitCode.get(3, TimeUnit.MINUTES)).isZero();
    }
  }
}
