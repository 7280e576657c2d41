package io.physiowave.gateway.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.gateway.http.HttpOptions;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.IdleListener;
import io.physiowave.gateway.testing.LabelListener;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.TestLabels;
import io.physiowave.gateway.testing.Web;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What devices hear of what is said of their streams. */
class LabelsByWebSocketTest {
  @RegisterExtension private static final TestKafka KAFKA = new TestKafka();

  private static final String TOKEN = "a-token-of-ward-three";
  private static final String[] AUTHORIZED = {"Authorization", "Bearer " + TOKEN};

  @TempDir private static Path directory;
  private static TestLabels job;
  private static Gateway gateway;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    String brokers = KAFKA.broker().bootstrapServers();
    TopicCreation.create(brokers, List.of(SignalTopic.LABELS, SignalTopic.EVENTS), 2, 1);
    job = new TestLabels(KAFKA.broker());
    gateway = open();
    port = gateway.server().port();
  }

  private static Gateway open() throws Exception {
    return Gateway.start(options());
  }

  private static GatewayOptions options() throws Exception {
    Path tokens = Files.writeString(directory.resolve("tokens"), TOKEN + " ward-3-*\n");
    return GatewayOptions.local(0, KAFKA.broker().bootstrapServers())
        .withHttp(HttpOptions.local(0).withTokens(tokens));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    job.close();
  }

  private static void say(LabelEvent event) throws Exception {
    say(SignalTopic.LABELS.topicName(), event.streamId(), LabelEventCodec.encode(event));
  }

  private static void say(String topic, String stream, byte[] value) throws Exception {
    job.say(topic, stream, value);
  }

  /** Says labels, start sample 0, 1 and so on, until the listener has heard one. */
  private static long sayUntilHeard(LabelListener listener, String stream) throws Exception {
    long start = 0;
    while (!listener.hasHeard(200)) {
      assertThat(start).as("labels that nobody hears").isLessThan(1_000);
      say(TestLabels.label(stream, start++, ""));
    }
    return start;
  }

  @Test
  void aDeviceHearsItsOwnLabelsInTheirOrder() throws Exception {
    LabelListener listener = LabelListener.connect(port, "stream=ward-3-a", AUTHORIZED);
    long next = sayUntilHeard(listener, "ward-3-a");
    for (long start = next; start < next + 50; start++) {
      say(TestLabels.label("ward-3-b", start, ""));
      say(TestLabels.label("ward-3-a", start, ""));
    }
    List<LabelEvent> heard =
        listener.until(next + 49, LabelEvent::windowStartSample, LabelEventCodec::fromJson);

    assertThat(heard).extracting(LabelEvent::streamId).containsOnly("ward-3-a");
    long first = heard.get(0).windowStartSample();
    assertThat(heard)
        .extracting(LabelEvent::windowStartSample)
        .containsExactlyElementsOf(LongStream.rangeClosed(first, next + 49).boxed().toList());
    assertThat(heard.get(0).labelName()).isEqualTo("fist");
    listener.abort();
  }

  @Test
  void protobufIsTheRecordAsItStandsInTheTopic() throws Exception {
    LabelListener listener =
        LabelListener.connect(port, "stream=ward-3-p&format=protobuf", AUTHORIZED);
    sayUntilHeard(listener, "ward-3-p");

    LabelEvent heard = LabelEventCodec.decode(listener.binary());
    assertThat(heard).isEqualTo(TestLabels.label("ward-3-p", heard.windowStartSample(), ""));
    listener.abort();
  }

  @Test
  void eventsAreHeardToo() throws Exception {
    SignalEvent event = TestLabels.onset("ward-3-e");
    LabelListener listener = LabelListener.connect(port, "stream=ward-3-e&kind=events", AUTHORIZED);
    for (int tries = 0; !listener.hasHeard(200); tries++) {
      assertThat(tries).as("events that nobody hears").isLessThan(1_000);
      say("signal.events", "ward-3-e", SignalEventCodec.encode(event));
      say(TestLabels.label("ward-3-e", tries, ""));
    }

    assertThat(SignalEventCodec.fromJson(listener.text())).isEqualTo(event);
    listener.abort();
  }

  @Test
  void whoMayNotSendForAStreamMayNotListenToIt() {
    assertRefused(401, "stream=ward-3-a");
    assertRefused(401, "stream=ward-3-a&kind=events");
    assertRefused(403, "stream=ward-4-a", AUTHORIZED);
    assertRefused(403, "stream=ward-4-a&kind=events", AUTHORIZED);
    assertRefused(
        403, "stream=ward-3-a", "Authorization", "Bearer " + TOKEN, "Origin", "https://a.example");
  }

  @Test
  void whatIsAskedForMustBeClear() {
    assertRefused(400, "", AUTHORIZED);
    assertRefused(400, "stream=", AUTHORIZED);
    assertRefused(400, "stream=ward-3-a&stream=ward-4-a", AUTHORIZED);
    assertRefused(400, "stream=ward-3-a&format=xml", AUTHORIZED);
    assertRefused(400, "stream=ward-3-a&kind=rumours", AUTHORIZED);
  }

  private static void assertRefused(int status, String query, String... headers) {
    assertThatThrownBy(() -> LabelListener.connect(port, query, headers))
        .isInstanceOf(CompletionException.class)
        .satisfies(
            failure -> assertThat(LabelListener.statusOf(failure)).as(query).isEqualTo(status));
  }

  @Test
  void oneWhoDoesNotReadIsLetGoAndOthersHearOn() throws Exception {
    LabelListener other = LabelListener.connect(port, "stream=ward-3-s", AUTHORIZED);
    long next = sayUntilHeard(other, "ward-3-s");
    try (IdleListener idle = new IdleListener(port, "stream=ward-3-s", TOKEN)) {
      String reason = "x".repeat(100_000);
      long end = next + 1_000;
      for (; !metrics().contains("late_listeners_total{kind=\"labels\"} 1.0"); next++) {
        assertThat(next).as("labels that wait").isLessThan(end);
        say(TestLabels.label("ward-3-s", next, reason));
        other.until(next, LabelEvent::windowStartSample, LabelEventCodec::fromJson);
      }

      assertThat(idle.readToTheEnd()).isLessThan(1_000L * reason.length());
    }
    assertThat(metrics())
        .contains("physiowave_gateway_late_listeners_total{kind=\"events\"} 0.0")
        .containsPattern("physiowave_gateway_dropped_labels_total\\{kind=\"labels\"} [1-9]")
        .containsPattern("physiowave_gateway_sent_labels_total\\{kind=\"labels\"} [1-9]")
        .containsPattern("physiowave_gateway_listeners\\{kind=\"labels\"} [1-9]");
    other.abort();
  }

  private static String metrics() throws Exception {
    return metrics(gateway);
  }

  private static void awaitMetric(Gateway of, String line) {
    await().atMost(Duration.ofMinutes(3)).until(() -> metrics(of).contains(line));
  }

  private static String metrics(Gateway of) throws Exception {
    return Web.get(of.server().address() + "/metrics").body();
  }

  @Test
  void whatAListenerSendsIsReadAndDropped() throws Exception {
    LabelListener listener = LabelListener.connect(port, "stream=ward-3-t", AUTHORIZED);
    for (int i = 0; i < 50; i++) {
      listener.say("x".repeat(100_000));
    }
    sayUntilHeard(listener, "ward-3-t");
    listener.abort();
  }

  @Test
  void anOutageOfKafkaLosesNoLabel() throws Exception {
    LabelListener listener = LabelListener.connect(port, "stream=ward-3-o", AUTHORIZED);
    long next = sayUntilHeard(listener, "ward-3-o");
    KAFKA.broker().shutDown();
    KAFKA.broker().startUp();
    for (long start = next; start < next + 20; start++) {
      say(TestLabels.label("ward-3-o", start, ""));
    }

    List<LabelEvent> heard =
        listener.until(next + 19, LabelEvent::windowStartSample, LabelEventCodec::fromJson);
    long first = heard.get(0).windowStartSample();
    assertThat(heard)
        .extracting(LabelEvent::windowStartSample)
        .containsExactlyElementsOf(LongStream.rangeClosed(first, next + 19).boxed().toList());
    listener.abort();
  }

  @Test
  void topicAndPartitionsMayComeLater() throws Exception {
    GatewayOptions usual = options();
    String later = "labels.later";
    try (Admin admin =
            Admin.create(Map.of("bootstrap.servers", KAFKA.broker().bootstrapServers()));
        Gateway early =
            Gateway.start(
                new GatewayOptions(
                    usual.http(),
                    usual.bootstrapServers(),
                    usual.framesTopic(),
                    later,
                    usual.eventsTopic(),
                    usual.patience(),
                    0,
                    Optional.empty()))) {
      LabelListener listener =
          LabelListener.connect(early.server().port(), "stream=ward-3-l", AUTHORIZED);
      awaitMetric(early, "physiowave_gateway_feed_connected{kind=\"labels\"} 0.0");
      admin.createTopics(List.of(new NewTopic(later, 1, (short) 1))).all().get();
      long next = 0;
      while (!listener.hasHeard(200)) {
        assertThat(next).as("labels that nobody hears").isLessThan(1_000);
        say(later, "ward-3-l", LabelEventCodec.encode(TestLabels.label("ward-3-l", next++, "")));
      }
      awaitMetric(early, "physiowave_gateway_feed_connected{kind=\"labels\"} 1.0");
      awaitMetric(early, "physiowave_gateway_feed_connected{kind=\"events\"} 1.0");
      admin.createPartitions(Map.of(later, NewPartitions.increaseTo(2))).all().get();
      byte[] last = LabelEventCodec.encode(TestLabels.label("ward-3-l", next, ""));
      try (TestLabels knowing = new TestLabels(KAFKA.broker())) {
        knowing.say(new ProducerRecord<>(later, 1, "ward-3-l", last));
      }

      listener.until(next, LabelEvent::windowStartSample, LabelEventCodec::fromJson);
      assertThat(admin.listGroups().all().get())
          .extracting(GroupListing::groupId)
          .noneMatch(group -> group.contains("gateway"));
      listener.abort();
    }
  }

  @Test
  void aGatewayThatStopsSaysSoToAListenerWhoTalks() throws Exception {
    LabelListener listener;
    CompletableFuture<Void> talking;
    try (Gateway leaving = open()) {
      LabelListener talker =
          LabelListener.connect(leaving.server().port(), "stream=ward-3-g", AUTHORIZED);
      listener = talker;
      sayUntilHeard(listener, "ward-3-g");
      talking =
          CompletableFuture.runAsync(
              () -> {
                while (true) {
                  talker.say("x".repeat(1_000));
                }
              });
    }
    assertThat(listener.closed()).succeedsWithin(Duration.ofMinutes(3)).isEqualTo(4001);
    assertThat(talking).failsWithin(Duration.ofMinutes(3));
  }
}
