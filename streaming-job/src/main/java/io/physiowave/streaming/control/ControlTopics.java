package io.physiowave.streaming.control;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes what models should serve, as an operator does. Close it after use. */
public final class ControlTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlTopics.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String modelsTopic;
  private final String statusTopic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Connects.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param properties further client properties
   */
  public ControlTopics(
      String bootstrapServers,
      String modelsTopic,
      String statusTopic,
      Map<String, String> properties) {
    this.modelsTopic = modelsTopic;
    this.statusTopic = statusTopic;
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    Map<String, Object> reading = new HashMap<>(settings);
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * The latest deployment of each model, by name. What is none is passed over, as the job does: it
   * must not keep an operator from rolling back.
   */
  public Map<String, ModelDeployment> deployments() {
    Map<String, ModelDeployment> latest = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(modelsTopic)) {
      if (record.value() == null && record.key() != null) {
        latest.remove(new String(record.key(), StandardCharsets.UTF_8));
      } else {
        read(record, ControlJson::deployment)
            .ifPresent(deployment -> latest.put(deployment.name(), deployment));
      }
    }
    return latest;
  }

  /** What a record says, unless it is nothing that this version understands. */
  private static <T> Optional<T> read(
      ConsumerRecord<byte[], byte[]> record, Function<byte[], T> form) {
    try {
      return record.value() == null ? Optional.empty() : Optional.of(form.apply(record.value()));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "record {} of {} is passed over: {}", record.offset(), record.topic(), e.getMessage());
      return Optional.empty();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (partitions.stream()
        .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
      consumer.poll(POLL).forEach(records::add);
    }
    return records;
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalArgumentException("topic " + topic + " does not exist");
    }
    return partitions;
  }

  /** The latest reports, by {@link ModelStatus#key() key}. */
  public Map<String, ModelStatus> statuses() {
    Map<String, ModelStatus> latest = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(statusTopic)) {
      read(record, ControlJson::status).ifPresent(status -> latest.put(status.key(), status));
    }
    return latest;
  }

  /**
   * Writes a deployment and returns when Kafka has it.
   *
   * @param deployment what is wanted; its revision makes it known in the job's answer
   * @throws IllegalStateException when Kafka does not take it
   */
  public void write(ModelDeployment deployment) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            modelsTopic,
            deployment.name().getBytes(StandardCharsets.UTF_8),
            ControlJson.write(deployment));
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topic " + modelsTopic + " does not take the record: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + modelsTopic, e);
    }
  }

  /** Writes a deployment and waits for what a running job says of it, or for the time to pass. */
  public Optional<ModelStatus> writeAndWait(ModelDeployment deployment, Duration patience) {
    List<TopicPartition> partitions = partitions(statusTopic);
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    write(deployment);
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Optional<ModelStatus> answer =
            read(record, ControlJson::status)
                .filter(status -> status.agreement() == null)
                .filter(status -> deployment.name().equals(status.name()))
                .filter(status -> status.revision() == deployment.revision());
        if (answer.isPresent()) {
          return answer;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
