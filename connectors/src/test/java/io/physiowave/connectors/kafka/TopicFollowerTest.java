package io.physiowave.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
class TopicFollowerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path storage;
  private static TestBroker broker;
  private static Admin admin;
  private static KafkaProducer<String, String> producer;

  private final List<String> read = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(storage);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterAll
  static void stop() {
    producer.close();
    admin.close();
    broker.close();
  }

  private static void create(String topic) {
    TopicCreation.create(admin, List.of(new NewTopic(topic, 1, (short) 1)));
  }

  private static void write(String topic, String... values) throws Exception {
    for (String value : values) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  private TopicFollower follow(String topic) {
    return TopicFollower.start(
        new FollowedTopics(broker.bootstrapServers(), "test", List.of(topic), List.of()),
        record -> read.add(text(record)));
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  @Test
  void one_that_retention_has_passed_goes_on_with_the_oldest_record_left() throws Exception {
    create("short-lived");
    CountDownLatch busy = new CountDownLatch(1);
    FollowedTopics topics =
        new FollowedTopics(broker.bootstrapServers(), "test", List.of("short-lived"), List.of());
    try (TopicFollower follower =
        TopicFollower.start(
            topics,
            record -> {
              read.add(text(record));
              awaitUninterrupted(busy);
            })) {
      await().atMost(PATIENCE).until(follower::isConnected);
      write("short-lived", "first");
      await().atMost(PATIENCE).until(() -> read.size() == 1);
      // What was asked for before the reader was busy may still be answered, with the second.
      write("short-lived", "second", "third", "fourth", "fifth");
      admin
          .deleteRecords(
              Map.of(new TopicPartition("short-lived", 0), RecordsToDelete.beforeOffset(3)))
          .all()
          .get();
      busy.countDown();

      await().atMost(PATIENCE).until(() -> read.contains("fifth"));
      assertThat(read).startsWith("first").endsWith("fourth", "fifth").doesNotContain("third");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void one_whose_topic_is_deleted_says_so_and_reads_the_new_one_from_its_beginning()
      throws Exception {
    create("remade");
    write("remade", "a", "b", "c");
    try (TopicFollower follower = follow("remade")) {
      await().atMost(PATIENCE).until(follower::isConnected);

      admin.deleteTopics(List.of("remade")).all().get();
      await().atMost(PATIENCE).until(() -> !follower.isConnected());

      create("remade");
      write("remade", "d", "e");
      await().atMost(PATIENCE).until(() -> read.contains("e"));
      assertThat(read).containsExactly("d", "e");
      await().atMost(PATIENCE).until(follower::isConnected);
    }
  }
}
