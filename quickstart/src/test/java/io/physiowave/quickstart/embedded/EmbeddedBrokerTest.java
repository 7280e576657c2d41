package io.physiowave.quickstart.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.FrameProducerSettings;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.core.arrhythmia.RhythmFigures;
import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.ModelReference;
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
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
      assertThat(admin.listTopics().names().get(3, TimeUnit.MINUTES))
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
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
      Inbox inbox = new Inbox();
      WebSocket browser =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://localhost:" + page.port() + "/live"), inbox)
              .get(3, TimeUnit.MINUTES);
      browser.sendText("{\"watch\": [\"watched\"]}", true).get(3, TimeUnit.MINUTES);

      AtomicLong position = new AtomicLong();
      await()
          .atMost(Duration.ofMinutes(2))
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

      sendEventAndRhythm();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> inbox.messages.stream().anyMatch(message -> message.contains("COUPLET")));
      assertThat(inbox.messages)
          .filteredOn(message -> message.contains("COUPLET"))
          .first(InstanceOfAssertFactories.STRING)
          .contains("\"label\":\"COUPLET\",\"onsetMillis\":2,\"seconds\":0.5");
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> inbox.messages.stream().anyMatch(message -> message.contains("\"beats\":12")));
      browser.abort();
    }
  }

  private static void sendEventAndRhythm() throws Exception {
    ModelReference model = new ModelReference("ecg-beats", "1", "0".repeat(64));
    SignalEvent event =
        new SignalEvent(
            "watched",
            "s",
            Modality.ECG,
            model,
            360,
            new Episode(
                "ventricular-run",
                "COUPLET",
                EventPhase.OFFSET,
                1,
                OptionalLong.of(181),
                0.9f,
                2,
                120),
            2_000,
            OptionalLong.of(502_000));
    RhythmSummary rhythm =
        new RhythmSummary(
            "watched",
            "s",
            model,
            360,
            0,
            10_000_000,
            new RhythmFigures(0, 3_600, 12, 0, 2, 0, 0, 11, 800, 7, 20, 25, 0.1, 0.03, Set.of()));
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(SignalTopic.EVENTS.topicName(), SignalEventCodec.encode(event)))
          .get();
      producer
          .send(
              new ProducerRecord<>(
                  SignalTopic.RHYTHMS.topicName(), RhythmSummaryCodec.encode(rhythm)))
          .get();
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
