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
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics that are not there yet. */
public final class TopicCreation {
  private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
  private static final int TIMEOUT_SECONDS = 30;
  private static final int EXISTING_MILLIS = 5_000;
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
   * Creates those of the given topics that do not exist, and returns when the leaders of all take
   * records, for others may have created them a moment ago. A producer that is faster than that
   * loses its place: the batch that came too early is sent again behind later ones, out of sequence
   * for ever, and given up after two minutes.
   *
   * @throws KafkaUnavailableException when no broker answers within 30 s
   * @throws IllegalStateException when the brokers refuse a topic
   */
  public static void create(Admin admin, Collection<NewTopic> topics) {
    CreateTopicsResult created = admin.createTopics(topics);
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    List<String> existing = new ArrayList<>();
    for (NewTopic topic : topics) {
      if (!await(topic.name(), created.values().get(topic.name()))) {
        existing.add(topic.name());
        continue;
      }
      int count = partitions(topic, created);
      for (int number = 0; number < count; number++) {
        partitions.put(new TopicPartition(topic.name(), number), OffsetSpec.latest());
      }
    }
    awaitLeaders(admin, partitions, new ListOffsetsOptions());
    awaitExisting(admin, existing);
  }

  /** Not for long: one of their partitions may be without a leader, and who writes may not care. */
  private static void awaitExisting(Admin admin, List<String> topics) {
    try {
      Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
      for (String topic : topics) {
        for (TopicPartitionInfo partition : describe(admin, topic).partitions()) {
          partitions.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        }
      }
      awaitLeaders(admin, partitions, new ListOffsetsOptions().timeoutMs(EXISTING_MILLIS));
    } catch (KafkaUnavailableException | IllegalStateException e) {
      LOG.debug("not every partition of {} has a leader", topics, e);
    }
  }

  /** A broker that has not heard of a topic yet says that there is none. */
  private static TopicDescription describe(Admin admin, String topic) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EXISTING_MILLIS);
    while (true) {
      boolean isLast = System.nanoTime() > end;
      KafkaFuture<TopicDescription> answer =
          admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
      if (isAnswered(topic, answer, isLast)) {
        return answer.toCompletionStage().toCompletableFuture().join();
      }
      pause();
    }
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

  private static void awaitLeaders(
      Admin admin, Map<TopicPartition, OffsetSpec> partitions, ListOffsetsOptions options) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    Map<TopicPartition, OffsetSpec> open = new HashMap<>(partitions);
    while (!open.isEmpty()) {
      ListOffsetsResult answers = admin.listOffsets(open, options);
      boolean isLast = System.nanoTime() > end;
      open.keySet()
          .removeIf(
              partition ->
                  isAnswered(partition.toString(), answers.partitionResult(partition), isLast));
      if (!open.isEmpty()) {
        pause();
      }
    }
  }

  private static boolean isAnswered(String what, KafkaFuture<?> answer, boolean isLast) {
    try {
      return await(what, answer);
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
