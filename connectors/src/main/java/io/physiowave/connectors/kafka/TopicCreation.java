package io.physiowave.connectors.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics that are not there yet. */
public final class TopicCreation {
  private static final int TIMEOUT_SECONDS = 30;
  private static final int POLL_MILLIS = 20;

  private TopicCreation() {}

  /**
   * Creates every topic of {@link SignalTopic}; see {@link #create(Admin, Collection, int, int)}.
   *
   * @param bootstrapServers host:port, separated by commas
   */
  public static void createAll(String bootstrapServers, int partitions, int replication) {
    create(bootstrapServers, EnumSet.allOf(SignalTopic.class), partitions, replication);
  }

  /**
   * Creates some topics; see {@link #create(Admin, Collection, int, int)}.
   *
   * @param bootstrapServers host:port, separated by commas
   */
  public static void create(
      String bootstrapServers, Collection<SignalTopic> topics, int partitions, int replication) {
    try (Admin admin = admin(bootstrapServers)) {
      create(admin, topics, partitions, replication);
    } catch (KafkaUnavailableException e) {
      throw new KafkaUnavailableException(e.getMessage() + " " + bootstrapServers, e.getCause());
    }
  }

  /**
   * Creates those of the given topics that do not exist; existing ones stay as they are.
   *
   * @param partitions of the topics keyed by stream; compacted topics get one, which orders them
   * @param replication copies of each partition, at most the number of brokers
   * @throws KafkaUnavailableException when no broker answers within 30 s
   * @throws IllegalStateException when the brokers refuse a topic
   */
  public static void create(
      Admin admin, Collection<SignalTopic> topics, int partitions, int replication) {
    if (partitions < 1 || replication < 1 || replication > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "topics with "
              + partitions
              + " partitions and replication "
              + replication
              + "; expected 1 or more of both");
    }
    List<NewTopic> wanted = new ArrayList<>();
    for (SignalTopic topic : topics) {
      wanted.add(
          new NewTopic(topic.topicName(), topic.isCompacted() ? 1 : partitions, (short) replication)
              .configs(topic.settings()));
    }
    create(admin, wanted);
  }

  /**
   * Creates those of the given topics that do not exist, and returns when their leaders take
   * records. A producer that is faster than that loses its place: the batch that came too early is
   * sent again behind later ones, out of sequence for ever, and given up after two minutes.
   *
   * @throws KafkaUnavailableException when no broker answers within 30 s
   * @throws IllegalStateException when the brokers refuse a topic
   */
  public static void create(Admin admin, Collection<NewTopic> topics) {
    CreateTopicsResult created = admin.createTopics(topics);
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (NewTopic topic : topics) {
      if (await(topic.name(), created.values().get(topic.name()))) {
        int count = partitions(topic, created);
        for (int number = 0; number < count; number++) {
          partitions.put(new TopicPartition(topic.name(), number), OffsetSpec.latest());
        }
      }
    }
    awaitLeaders(admin, partitions);
  }

  /** The brokers may have chosen the number, but tell it only to who may read their settings. */
  private static int partitions(NewTopic topic, CreateTopicsResult created) {
    try {
      return created.numPartitions(topic.name()).getNow(0);
    } catch (ExecutionException e) {
      return Math.max(0, topic.numPartitions());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
  }

  /** A broker that has not heard of a topic yet says that there is none. */
  private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> partitions) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    Map<TopicPartition, OffsetSpec> open = new HashMap<>(partitions);
    while (!open.isEmpty()) {
      ListOffsetsResult answers = admin.listOffsets(open);
      boolean isLast = System.nanoTime() > end;
      open.keySet()
          .removeIf(partition -> isLed(partition, answers.partitionResult(partition), isLast));
      if (!open.isEmpty()) {
        pause();
      }
    }
  }

  private static boolean isLed(TopicPartition partition, KafkaFuture<?> answer, boolean isLast) {
    try {
      return await(partition.toString(), answer);
    } catch (IllegalStateException e) {
      if (isLast || !(e.getCause() instanceof RetriableException)) {
        throw e;
      }
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
  }

  private static Admin admin(String bootstrapServers) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_SECONDS * 1000,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            10_000));
  }

  /** Whether it is new. */
  private static boolean await(String topic, KafkaFuture<?> created) {
    try {
      created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw unavailable(topic, e.getCause());
      }
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException(
            "topic " + topic + " was refused: " + e.getCause().getMessage(), e.getCause());
      }
      return false;
    } catch (TimeoutException e) {
      throw unavailable(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topic " + topic, e);
    }
  }

  private static KafkaUnavailableException unavailable(String topic, Throwable cause) {
    return new KafkaUnavailableException(
        "no Kafka broker answered within "
            + TIMEOUT_SECONDS
            + " s when topic "
            + topic
            + " was to be created; check the bootstrap servers",
        cause);
  }
}
