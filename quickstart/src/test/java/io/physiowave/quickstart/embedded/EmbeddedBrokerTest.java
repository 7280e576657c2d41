package io.physiowave.quickstart.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.FrameProducerSettings;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.dashboard.server.DashboardOptions;
import io.physiowave.dashboard.server.DashboardServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(0);
  }

  @AfterAll
  static void stop() {
    Path storage = broker.storage();
    broker.close();
    assertThat(storage).doesNotExist();
  }

  @Test
  void servesTheTopicsOfADeployment() throws Exception {
    TopicCreation.createAll(broker.bootstrapServers(), 2, 1);

    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
          .contains(SignalTopic.FRAMES.topicName(), SignalTopic.LABELS.topicName());
    }
  }

  @Test
  void keepsItsStorageInItsOwnDirectory() {
    assertThat(broker.storage()).isDirectory();
    assertThat(Files.exists(broker.storage().resolve("meta.properties"))).isTrue();
  }

  @Test
  void refusesATakenPortByTheOptionThatChangesIt() {
    assertThatThrownBy(() -> EmbeddedBroker.start(broker.port()))
        .isInstanceOf(PortTakenException.class)
        .hasMessage(
            "port "
                + broker.port()
                + " for the Kafka broker is taken by another program; choose another with"
                + " --kafka-port PORT, or --kafka-port 0 for any free one");
  }

  @Test
  void feedsTheLivePage() throws Exception {
    TopicCreation.createAll(broker.bootstrapServers(), 2, 1);
    HttpClient client = HttpClient.newHttpClient();
    try (DashboardServer page =
            DashboardServer.start(DashboardOptions.local(0, broker.bootstrapServers()));
        Producer<String, SignalFrame> frames =
            FrameProducerSettings.open(broker.bootstrapServers())) {
      HttpRequest health = HttpRequest.newBuilder(URI.create(page.address() + "/health")).build();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
      Inbox inbox = new Inbox();
      WebSocket browser =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://localhost:" + page.port() + "/live"), inbox)
              .get(10, TimeUnit.SECONDS);
      browser.sendText("{\"watch\": [\"watched\"]}", true).get(10, TimeUnit.SECONDS);

      AtomicLong position = new AtomicLong();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                long first = position.getAndAdd(40);
                for (String stream : List.of("watched", "other")) {
                  frames
                      .send(
                          new ProducerRecord<>(
                              SignalTopic.FRAMES.topicName(), stream, frame(stream, first)))
                      .get();
                }
                return inbox.has("signal");
              });

      assertThat(inbox.messages)
          .filteredOn(message -> message.contains("\"type\":\"signal\""))
          .allMatch(message -> message.contains("\"stream\":\"watched\""))
          .first(InstanceOfAssertFactories.STRING)
          .contains("\"microvolts\":[");
      browser.abort();
    }
  }

  private static SignalFrame frame(String stream, long first) {
    return new SignalFrame(
        stream,
        "s",
        Modality.ECG,
        first,
        0,
        0,
        360,
        List.of("MLII"),
        "mV",
        new float[1][40],
        new BitSet(),
        false);
  }

  /** What a browser gets. */
  private static final class Inbox implements WebSocket.Listener {
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final StringBuilder text = new StringBuilder();

    boolean has(String type) {
      return messages.stream().anyMatch(message -> message.contains("\"type\":\"" + type));
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
