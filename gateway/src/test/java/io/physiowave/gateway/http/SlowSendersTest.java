package io.physiowave.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.intake.KafkaDelivery;
import io.physiowave.gateway.intake.KafkaHealth;
import io.physiowave.gateway.labels.LabelFeeds;
import io.physiowave.gateway.labels.LabelKind;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.DeviceSocket;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Senders that announce long bodies and are long in sending them. */
class SlowSendersTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final int LENGTH = FrameBody.MAXIMUM_TEXT;

  /** What they announce together is more than the gateway takes at once. */
  private static final long SENDERS = GatewayServer.MAXIMUM_BYTES_IN_HAND / LENGTH + 1;

  private static final int MORE_THAN_THREADS = 400;

  @Test
  void keepNobodyFromSending() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (Gateway gateway =
        ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()))) {
      for (int number = 0; number < SENDERS; number++) {
        Socket socket = new Socket("localhost", gateway.server().port());
        slow.add(socket);
        assertThat(begin(socket)).isEqualTo("HTTP/1.1 100 Continue");
      }

      assertThat(Web.postJson(gateway.server().address(), TestFrames.json("quick", 0).toString()))
          .satisfies(answer -> assertThat(answer.body()).contains("accepted"));
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void keepNoGatewayFromEndingInOrder() throws Exception {
    ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    Gateway gateway =
        ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()));
    try (Socket socket = new Socket("localhost", gateway.server().port())) {
      assertThat(begin(socket)).isEqualTo("HTTP/1.1 100 Continue");
      var unused =
          dripping.scheduleWithFixedDelay(() -> drip(socket), 0, 50, TimeUnit.MILLISECONDS);

      assertThatCode(gateway::close).doesNotThrowAnyException();
    } finally {
      dripping.shutdownNow();
    }
  }

  @Test
  void areNotWaitedForWithoutEnd() throws Exception {
    ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    String brokers = KAFKA.broker().bootstrapServers();
    String topic = SignalTopic.FRAMES.topicName();
    GatewayCounters counters = new GatewayCounters();
    try (KafkaDelivery delivery =
            KafkaDelivery.open(brokers, topic, Duration.ofSeconds(30), SendTraces.off());
        KafkaHealth kafka = new KafkaHealth(brokers, topic, delivery::knowsTopic);
        LabelFeeds labels =
            LabelFeeds.start(
                brokers, Map.of(LabelKind.LABELS, "labels", LabelKind.EVENTS, "events"));
        GatewayServer server =
            GatewayServer.start(
                HttpOptions.local(0),
                new FrameIntake(delivery, counters),
                new GatewayParts(kafka, delivery, counters, labels, Optional.empty()),
                Duration.ofSeconds(1));
        Socket socket = new Socket("localhost", server.port())) {
      DeviceSocket device = DeviceSocket.connect(server.port());
      socket.setSoTimeout(180_000);
      socket.getOutputStream().write(head(socket, "", LENGTH).getBytes(StandardCharsets.US_ASCII));
      every50Millis(dripping, () -> drip(socket));
      every50Millis(dripping, () -> device.sendPart(new byte[1]).join());

      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 408 Request Timeout");
      assertThat(device.closed()).succeedsWithin(Duration.ofMinutes(3)).isEqualTo(4013);
    } finally {
      dripping.shutdownNow();
    }
  }

  @Test
  void keepNobodyFromTheGatewaysThreads() throws Exception {
    List<Socket> slow = new CopyOnWriteArrayList<>();
    ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    try (Gateway gateway =
        ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()))) {
      var unused =
          dripping.scheduleWithFixedDelay(
              () -> slow.forEach(SlowSendersTest::drip), 1, 1, TimeUnit.SECONDS);
      for (int number = 0; number < MORE_THAN_THREADS; number++) {
        Socket socket = new Socket("localhost", gateway.server().port());
        socket
            .getOutputStream()
            .write(head(socket, "", 100_000).getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }

      HttpRequest health =
          HttpRequest.newBuilder(URI.create(gateway.server().address() + "/healthz"))
              .timeout(Duration.ofMinutes(1))
              .build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(health, HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    } finally {
      dripping.shutdownNow();
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static void every50Millis(ScheduledExecutorService clock, Runnable task) {
    var unused = clock.scheduleWithFixedDelay(task, 0, 50, TimeUnit.MILLISECONDS);
  }

  /** A byte of the body, so that the connection is not idle; some are refused and closed. */
  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
    } catch (IOException e) {
      // Refused and closed: there is nobody to drip to.
    }
  }

  /** Announces a body and sends none of it yet; returns what the gateway says, once it reads. */
  private static String begin(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    String head = head(socket, "Expect: 100-continue\r\n", LENGTH);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return firstLine(socket);
  }

  private static String firstLine(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  private static String head(Socket socket, String more, int length) {
    return "POST /v1/frames HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\n"
            .formatted(socket.getPort())
        + more
        + "Content-Length: %d\r\n\r\n".formatted(length);
  }
}
