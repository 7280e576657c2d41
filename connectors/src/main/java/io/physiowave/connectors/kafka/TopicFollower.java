package io.physiowave.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows topics from their ends, on a thread of its own. It belongs to no consumer group, so it
 * never moves another reader's offsets, and neither brokers nor topics need be there.
 *
 * <p>A topic that appears later is read from its end, too, and partitions that are added to one are
 * read from their beginnings. An outage of Kafka loses nothing: the follower goes on where it was,
 * or at the oldest record there is, where that has been deleted by then or its topic was made anew.
 *
 * <pre>{@code
 * FollowedTopics topics = new FollowedTopics("localhost:9092", "page", List.of("labels"), List.of());
 * try (TopicFollower follower = TopicFollower.start(topics, record -> ...)) {
 *   ...
 * }
 * }</pre>
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final long RETRY_MILLIS = 1_000;

  private final FollowedTopics topics;
  private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile KafkaConsumer<byte[], byte[]> current;
  private volatile boolean connected;
  private String trouble = "";

  private TopicFollower(FollowedTopics topics, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    this.topics = topics;
    this.reader = reader;
    thread = new Thread(this::run, topics.clientId() + "-follower");
    thread.setDaemon(true);
  }

  /**
   * Begins to follow.
   *
   * @param reader told each record, in the order of its partition, by one thread; what it throws
   *     costs all records between then and a moment later
   */
  public static TopicFollower start(
      FollowedTopics topics, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    TopicFollower follower = new TopicFollower(topics, reader);
    follower.thread.start();
    return follower;
  }

  /** Whether a broker is connected and the required topics are read. */
  public boolean isConnected() {
    return connected;
  }

  private void run() {
    while (closed.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(FollowerSettings.of(topics.bootstrapServers(), topics.clientId()))) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException e) {
        LOG.debug("woken to stop");
      } catch (RuntimeException e) {
        // Whatever it is: a follower that ends would leave those who rely on it in silence.
        warnOnce("cannot be read from " + topics.bootstrapServers() + ": " + e.getMessage());
        LOG.debug("{}", topics, e);
        connected = false;
        pause();
      } finally {
        connected = false;
        current = null;
      }
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    List<Metric> connections = connections(consumer);
    long refreshed = 0;
    boolean isComplete = false;
    while (closed.getCount() > 0) {
      if (consumer.assignment().isEmpty()
          || System.nanoTime() - refreshed >= FollowerSettings.REFRESH.toNanos()) {
        isComplete = assign(consumer);
        refreshed = System.nanoTime();
      }
      if (!isComplete) {
        warnOnce("are not all there");
      }
      if (consumer.assignment().isEmpty()) {
        pause();
        continue;
      }
      trouble = isComplete ? "" : trouble;
      connected =
          isComplete && connections.stream().anyMatch(count -> (Double) count.metricValue() > 0);
      consumer.poll(POLL).forEach(reader);
    }
  }

  private static List<Metric> connections(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("connection-count"))
        .<Metric>map(Map.Entry::getValue)
        .toList();
  }

  /**
   * Follows what is there by now. A topic that is gone keeps its place, for it may come back.
   *
   * @return whether all required topics are there, as far as is known
   */
  private boolean assign(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> followed = consumer.assignment();
    Set<TopicPartition> found = new HashSet<>();
    try {
      for (String topic : topics.required()) {
        if (!addPartitions(consumer, topic, found)) {
          return false;
        }
      }
      for (String topic : topics.optional()) {
        addPartitions(consumer, topic, found);
      }
    } catch (TimeoutException e) {
      if (followed.isEmpty()) {
        throw e;
      }
      LOG.debug("no broker says whether partitions were added to {}", topics, e);
      return true;
    }
    List<TopicPartition> added = new ArrayList<>(found);
    added.removeAll(followed);
    if (!added.isEmpty()) {
      assign(consumer, found, added);
    }
    return true;
  }

  /** Whether the topic is there. */
  private static boolean addPartitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic, Set<TopicPartition> found) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions == null || partitions.isEmpty()) {
      return false;
    }
    partitions.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
    return true;
  }

  private static void assign(
      KafkaConsumer<byte[], byte[]> consumer,
      Set<TopicPartition> found,
      List<TopicPartition> added) {
    Set<String> known =
        consumer.assignment().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    consumer.assign(found);
    List<TopicPartition> grown =
        added.stream().filter(partition -> known.contains(partition.topic())).toList();
    List<TopicPartition> appeared =
        added.stream().filter(partition -> !known.contains(partition.topic())).toList();
    // Without partitions both would mean all of them.
    if (!grown.isEmpty()) {
      consumer.seekToBeginning(grown);
    }
    if (!appeared.isEmpty()) {
      consumer.seekToEnd(appeared);
    }
    // Lazy otherwise: what is written from now on must not be skipped.
    appeared.forEach(consumer::position);
  }

  private void warnOnce(String now) {
    if (!now.equals(trouble)) {
      trouble = now;
      LOG.warn("topics {} {}; trying again", topics.required(), now);
    }
  }

  private void pause() {
    try {
      boolean isClosed = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      LOG.trace("closed: {}", isClosed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  /** Reads no more when this returns. */
  @Override
  public void close() {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
