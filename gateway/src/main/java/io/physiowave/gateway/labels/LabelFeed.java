package io.physiowave.gateway.labels;

import io.physiowave.connectors.kafka.FollowerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic of labels or events from its end, with one consumer for all who listen, and none
 * while nobody does. It belongs to no consumer group, and neither brokers nor the topic need be
 * there.
 *
 * <p>A listener hears what is said from a moment after it has connected on. An outage of Kafka
 * loses nothing: the consumer goes on where it was.
 */
final class LabelFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LabelFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PING_NANOS = Duration.ofSeconds(20).toNanos();
  private static final long RETRY_MILLIS = 1_000;

  /** The consumer stays a while for listeners that connect again. */
  private static final long LINGER_NANOS = Duration.ofSeconds(10).toNanos();

  private static final int FETCHED_BYTES = 8 * 1024 * 1024;

  private final String bootstrapServers;
  private final String topic;
  private final LabelListeners listeners;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile KafkaConsumer<byte[], byte[]> current;
  private long pinged = System.nanoTime();
  private String trouble = "";

  private LabelFeed(LabelKind kind, String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    listeners = new LabelListeners(kind);
    thread = new Thread(this::run, "feed-of-" + kind.parameter());
    thread.setDaemon(true);
  }

  /**
   * Begins to wait for listeners.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param topic whose records are of that kind
   */
  static LabelFeed start(LabelKind kind, String bootstrapServers, String topic) {
    LabelFeed feed = new LabelFeed(kind, bootstrapServers, topic);
    feed.thread.start();
    return feed;
  }

  LabelListeners listeners() {
    return listeners;
  }

  private void run() {
    while (closed.getCount() > 0) {
      if (listeners.count() == 0) {
        awaitListener();
        continue;
      }
      try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException e) {
        LOG.debug("woken to stop");
      } catch (RuntimeException e) {
        // Whatever it is: a feed that ends would leave its listeners in silence.
        warnOnce("cannot be read from " + bootstrapServers + ": " + e.getMessage());
        LOG.debug("{}", topic, e);
        ping();
        pause();
      } finally {
        current = null;
      }
    }
  }

  private void awaitListener() {
    try {
      listeners.awaitArrival();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    long heard = System.nanoTime();
    long refreshed = heard;
    while (closed.getCount() > 0) {
      long now = System.nanoTime();
      heard = listeners.count() > 0 ? now : heard;
      if (now - heard >= LINGER_NANOS) {
        // Not after a poll: who came meanwhile has been told something, and must be told the rest.
        return;
      }
      ping();
      if (consumer.assignment().isEmpty()
          || System.nanoTime() - refreshed >= FollowerSettings.REFRESH.toNanos()) {
        assign(consumer);
        refreshed = System.nanoTime();
      }
      if (consumer.assignment().isEmpty()) {
        warnOnce("is not there yet");
        pause();
        continue;
      }
      trouble = "";
      consumer.poll(POLL).forEach(this::tell);
    }
  }

  /** All partitions, from their ends; those that are added later from their beginnings. */
  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> followed = consumer.assignment();
    List<PartitionInfo> partitions;
    try {
      partitions = consumer.partitionsFor(topic);
    } catch (TimeoutException e) {
      if (followed.isEmpty()) {
        throw e;
      }
      LOG.debug("no broker says whether partitions were added to {}", topic, e);
      return;
    }
    Set<TopicPartition> found = new HashSet<>();
    if (partitions != null) {
      partitions.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
    }
    List<TopicPartition> added = new ArrayList<>(found);
    added.removeAll(followed);
    if (added.isEmpty()) {
      return;
    }
    boolean isFirst = followed.isEmpty();
    consumer.assign(found);
    if (isFirst) {
      consumer.seekToEnd(added);
      // Lazy otherwise: what is written from now on must not be skipped.
      added.forEach(consumer::position);
    } else {
      consumer.seekToBeginning(added);
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> label) {
    if (label.key() == null || label.value() == null) {
      return;
    }
    try {
      listeners.tell(label.key(), label.value());
    } catch (IllegalArgumentException e) {
      LOG.debug("{} offset {}: {}", topic, label.offset(), e.getMessage());
    }
  }

  private void ping() {
    if (System.nanoTime() - pinged >= PING_NANOS) {
      pinged = System.nanoTime();
      listeners.ping();
    }
  }

  private void warnOnce(String now) {
    if (!now.equals(trouble)) {
      trouble = now;
      LOG.warn("topic {} {}; those who listen hear nothing of it until then", topic, now);
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

  private Map<String, Object> settings() {
    Map<String, Object> settings =
        FollowerSettings.of(bootstrapServers, "physiowave-gateway-" + topic);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
    return settings;
  }

  @Override
  public void close() {
    closed.countDown();
    listeners.wake();
    KafkaConsumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
