package io.physiowave.dashboard.server;

import io.physiowave.connectors.kafka.FollowerSettings;
import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.label.LabelEventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of frames, labels, events and rhythm from their ends and puts what it reads on
 * the board. The first two must be there before anything is shown.
 *
 * <p>It belongs to no consumer group, so it never moves another reader's offsets, and it survives
 * brokers that go and come back, topics that appear later and partitions that are added.
 */
final class TopicReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long RETRY_MILLIS = 1_000;

  private final DashboardOptions options;
  private final StreamBoard board;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong unreadable = new AtomicLong();
  private volatile KafkaConsumer<byte[], byte[]> current;
  private volatile boolean connected;

  TopicReader(DashboardOptions options, StreamBoard board) {
    this.options = options;
    this.board = board;
    this.thread = new Thread(this::run, "dashboard-reader");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether a broker answers and the topics of frames and labels are there. */
  boolean connected() {
    return connected;
  }

  /** Records that were not what their topic holds; the job reports why. */
  long unreadable() {
    return unreadable.get();
  }

  private void run() {
    while (closed.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(FollowerSettings.of(options.bootstrapServers(), "dashboard"))) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException e) {
        LOG.debug("reader woken to stop");
      } catch (KafkaException e) {
        LOG.warn("cannot read from {}: {}", options.bootstrapServers(), e.getMessage());
        pause();
      } finally {
        connected = false;
      }
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    long refreshed = System.nanoTime() - FollowerSettings.REFRESH.toNanos();
    Set<TopicPartition> followed = Set.of();
    while (closed.getCount() > 0) {
      if (followed.isEmpty()
          || System.nanoTime() - refreshed >= FollowerSettings.REFRESH.toNanos()) {
        followed = assign(consumer, followed);
        refreshed = System.nanoTime();
      }
      if (followed.isEmpty()) {
        connected = false;
        pause();
        continue;
      }
      connected = hasConnection(consumer);
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        take(message);
      }
    }
  }

  /** All partitions, the new ones from their ends; none while frames or labels are missing. */
  private Set<TopicPartition> assign(
      KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> followed) {
    Set<TopicPartition> found = new HashSet<>();
    for (String topic : List.of(options.framesTopic(), options.labelsTopic())) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions == null || partitions.isEmpty()) {
        return followed;
      }
      partitions.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
    }
    for (String topic : List.of(options.eventsTopic(), options.rhythmsTopic())) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions != null) {
        partitions.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
      }
    }
    if (found.equals(followed)) {
      return followed;
    }
    consumer.assign(found);
    List<TopicPartition> added = new ArrayList<>(found);
    added.removeAll(followed);
    consumer.seekToEnd(added);
    // Lazy otherwise: what is written from now on must not be skipped.
    added.forEach(consumer::position);
    return found;
  }

  private static boolean hasConnection(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("connection-count"))
        .anyMatch(metric -> ((Number) metric.getValue().metricValue()).doubleValue() > 0);
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    if (message.value() == null) {
      unreadable.incrementAndGet();
      return;
    }
    try {
      if (message.topic().equals(options.framesTopic())) {
        board.add(SignalFrameCodec.decode(message.value()), System.currentTimeMillis());
      } else if (message.topic().equals(options.eventsTopic())) {
        board.add(SignalEventCodec.decode(message.value()));
      } else if (message.topic().equals(options.rhythmsTopic())) {
        board.add(RhythmSummaryCodec.decode(message.value()));
      } else {
        board.add(LabelEventCodec.decode(message.value()), message.timestamp());
      }
    } catch (IllegalArgumentException e) {
      unreadable.incrementAndGet();
      LOG.debug("{} offset {}: {}", message.topic(), message.offset(), e.getMessage());
    }
  }

  private void pause() {
    try {
      closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
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
