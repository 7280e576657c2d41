package io.physiowave.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.connectors.replay.Replayer;
import io.physiowave.connectors.testing.ArrayRecording;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
class KafkaRoundTripTest {
  @TempDir static Path storage;
  private static TestBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(storage);
    TopicCreation.createAll(broker.bootstrapServers(), 3, 1);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void topics_are_created_once_with_their_settings() throws Exception {
    TopicCreation.createAll(broker.bootstrapServers(), 5, 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      for (SignalTopic topic : SignalTopic.values()) {
        String name = topic.topicName();
        assertThat(admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions())
            .as(name)
            .hasSize(topic.isCompacted() ? 1 : 3);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        assertThat(config.get("cleanup.policy").value())
            .isEqualTo(topic.isCompacted() ? "compact" : "delete");
      }
    }
  }

  @Test
  void every_partition_takes_records_once_its_topic_is_created() throws Exception {
    int partitions = 50;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        KafkaProducer<String, String> impatient =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "enable.idempotence",
                    false,
                    "retries",
                    0),
                new StringSerializer(),
                new StringSerializer())) {
      for (int round = 0; round < 3; round++) {
        String topic = "new-" + round;
        TopicCreation.create(admin, List.of(new NewTopic(topic, partitions, (short) 1)));
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int partition = partitions - 1; partition >= 0; partition--) {
          sent.add(impatient.send(new ProducerRecord<>(topic, partition, "key", "value")));
        }
        for (Future<RecordMetadata> record : sent) {
          assertThat(record.get().offset()).isZero();
        }
      }
    }
  }

  @Test
  void who_comes_while_another_creates_a_topic_waits_for_it_too() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 3; round++) {
        NewTopic topic = new NewTopic("together-" + round, 50, (short) 1);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Long>> written = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
          written.add(both.submit(() -> createAndWrite(topic, together)));
        }
        for (Future<Long> records : written) {
          assertThat(records.get()).isEqualTo(50);
        }
      }
    } finally {
      both.shutdownNow();
    }
  }

  /** Writes a record to each partition at once, which is not tried again. */
  private static long createAndWrite(NewTopic topic, CyclicBarrier together) throws Exception {
    Map<String, Object> impatient =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "enable.idempotence",
            false,
            "retries",
            0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(impatient, new StringSerializer(), new StringSerializer())) {
      admin.describeCluster().nodes().get();
      together.await();
      TopicCreation.create(admin, List.of(topic));
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int partition = topic.numPartitions() - 1; partition >= 0; partition--) {
        sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, "key", "value")));
      }
      for (Future<RecordMetadata> record : sent) {
        assertThat(record.get().hasOffset()).isTrue();
      }
      return sent.size();
    }
  }

  @Test
  void a_replay_arrives_in_order_dated_by_the_broker() throws Exception {
    Instant before = Instant.now();
    ReplayOptions options = ReplayOptions.of("patient-1", "a").withSpeed(ReplayOptions.UNLIMITED);
    try (KafkaFrameSink sink = KafkaFrameSink.connect(broker.bootstrapServers())) {
      new Replayer(options, sink).play(ArrayRecording.counting(360, 10_000));
      assertThat(sink.inFlight()).isZero();
    }

    long next = 0;
    for (ConsumerRecord<String, SignalFrame> record : consumeToEndOfSession()) {
      assertThat(record.key()).isEqualTo("patient-1");
      assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
      assertThat(record.timestamp()).isGreaterThanOrEqualTo(before.toEpochMilli());
      assertThat(record.value().firstSampleIndex()).isEqualTo(next);
      next = record.value().endSampleIndex();
    }
    assertThat(next).isEqualTo(10_000);
  }

  @Test
  void what_is_no_frame_is_refused_with_the_topic_named() {
    try (SignalFrameDeserializer deserializer = new SignalFrameDeserializer()) {
      assertThatThrownBy(() -> deserializer.deserialize("signal.frames", new byte[] {1, 2, 3}))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("topic signal.frames: the 3 bytes are not a protobuf SignalFrame");
      assertThat(deserializer.deserialize("signal.frames", null)).isNull();
    }
  }

  @Test
  void impossible_topics_are_refused() {
    assertThatThrownBy(() -> TopicCreation.createAll(broker.bootstrapServers(), 0, 1))
        .hasMessage("topics with 0 partitions and replication 1; expected 1 or more of both");
  }

  private static List<ConsumerRecord<String, SignalFrame>> consumeToEndOfSession() {
    List<ConsumerRecord<String, SignalFrame>> records = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            "round-trip",
            "auto.offset.reset",
            "earliest");
    Instant deadline = Instant.now().plusSeconds(180);
    try (KafkaConsumer<String, SignalFrame> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new SignalFrameDeserializer())) {
      consumer.subscribe(List.of(SignalTopic.FRAMES.topicName()));
      while (records.isEmpty() || !records.get(records.size() - 1).value().endOfSession()) {
        assertThat(Instant.now()).as("session complete").isBefore(deadline);
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }
}
