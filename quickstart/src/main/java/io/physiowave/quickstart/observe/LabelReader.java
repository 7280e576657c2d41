package io.physiowave.quickstart.observe;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.core.label.LabelEventCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads labels and refused frames from the beginning of their topics and tells an observer. The job
 * writes at least once; a repeated label is told once.
 */
public final class LabelReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LabelReader.class);
  private static final Duration POLL = Duration.ofMillis(50);

  private final String bootstrapServers;
  private final LabelObserver observer;
  private final RecentIdentities seen = new RecentIdentities();
  private final Thread thread = new Thread(this::run, "label-reader");
  private final AtomicReference<CompletableFuture<Void>> wanted = new AtomicReference<>();
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile Exception failure;
  private volatile boolean closed;

  public LabelReader(String bootstrapServers, LabelObserver observer) {
    this.bootstrapServers = bootstrapServers;
    this.observer = observer;
    thread.setDaemon(true);
  }

  /** Begins to read. The topics must be there. */
  public void start() {
    thread.start();
  }

  /** Why reading ended before it was asked to, if it did. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  /** Completes when everything that is in the topics now has been told. */
  public CompletableFuture<Void> reachEnd() {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    wanted.set(reached);
    Exception failed = failure;
    if (failed != null) {
      reached.completeExceptionally(failed);
    }
    return reached;
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(settings())) {
      consumer = kafka;
      List<TopicPartition> partitions = partitions(kafka);
      kafka.assign(partitions);
      kafka.seekToBeginning(partitions);
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> message : kafka.poll(POLL)) {
          tell(message);
        }
        answerEnd(kafka, partitions);
      }
    } catch (WakeupException e) {
      LOG.debug("label reader woken to stop");
    } catch (KafkaException | IOException | IllegalArgumentException e) {
      LOG.error("labels cannot be followed any more", e);
      failure = e;
      CompletableFuture<Void> waiting = wanted.getAndSet(null);
      if (waiting != null) {
        waiting.completeExceptionally(e);
      }
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> kafka) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (SignalTopic topic : List.of(SignalTopic.LABELS, SignalTopic.REJECTED)) {
      kafka
          .partitionsFor(topic.topicName())
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    return partitions;
  }

  private void tell(ConsumerRecord<byte[], byte[]> message) throws IOException {
    if (message.topic().equals(SignalTopic.REJECTED.topicName())) {
      Header reason = message.headers().lastHeader(SignalTopic.REASON_HEADER);
      observer.onRejection(text(message.key()), reason == null ? "" : text(reason.value()));
      return;
    }
    var event = LabelEventCodec.decode(message.value());
    if (seen.isNew(event.streamId(), event.id())) {
      observer.onLabel(event, message.timestamp());
    }
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private void answerEnd(KafkaConsumer<byte[], byte[]> kafka, List<TopicPartition> partitions) {
    CompletableFuture<Void> waiting = wanted.get();
    if (waiting == null) {
      return;
    }
    boolean reached =
        kafka.endOffsets(partitions).entrySet().stream()
            .allMatch(end -> kafka.position(end.getKey()) >= end.getValue());
    if (reached && wanted.compareAndSet(waiting, null)) {
      waiting.complete(null);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "demo-labels");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }

  @Override
  public void close() {
    closed = true;
    KafkaConsumer<byte[], byte[]> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
