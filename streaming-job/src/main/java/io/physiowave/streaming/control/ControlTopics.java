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
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes what models should serve, as an operator does. Close it after use. */
public final class ControlTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlTopics.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String modelsTopic;
  private final String statusTopic;
  private final Duration patience;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;

  /** How far each partition of the models topic was read. */
  private final Map<TopicPartition, Long> known = new HashMap<>();

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
    // A topic that brokers make by themselves is not compacted, and forgets what should serve.
    reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    patience = patience(properties);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** As long as a client waits for any other answer. */
  private static Duration patience(Map<String, String> properties) {
    String millis = properties.get(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
    return millis == null ? PATIENCE : Duration.ofMillis(Long.parseLong(millis));
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
    if (topic.equals(modelsTopic)) {
      known.putAll(ends);
    }
    return readTo(ends);
  }

  /**
   * Reads on from where the consumer stands.
   *
   * @throws TimeoutException when nothing comes for long
   */
  private List<ConsumerRecord<byte[], byte[]>> readTo(Map<TopicPartition, Long> ends) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long lastNanos = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      polled.forEach(records::add);
      if (!polled.isEmpty()) {
        lastNanos = System.nanoTime();
      } else if (System.nanoTime() - lastNanos > patience.toNanos()) {
        throw new TimeoutException("the brokers hand out no records of " + ends.keySet());
      }
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
   * @throws IllegalStateException when Kafka does not take it; also when somebody else has written
   *     one of the model since they were read here, in whose place this one now stands
   */
  public void write(ModelDeployment deployment) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            modelsTopic,
            deployment.name().getBytes(StandardCharsets.UTF_8),
            ControlJson.write(deployment));
    try {
      RecordMetadata written = producer.send(record).get();
      requireNobodyElse(deployment.name(), written);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topic " + modelsTopic + " does not take the record: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + modelsTopic, e);
    }
  }

  /** All records of a model lie in one partition, so that each follows another. */
  private void requireNobodyElse(String name, RecordMetadata written) {
    TopicPartition partition = new TopicPartition(modelsTopic, written.partition());
    Long from = known.put(partition, written.offset() + 1);
    if (from == null || from == written.offset()) {
      return;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    for (ConsumerRecord<byte[], byte[]> record : readTo(Map.of(partition, written.offset()))) {
      if (record.offset() < written.offset()
          && read(record, ControlJson::deployment)
              .filter(other -> other.name().equals(name))
              .isPresent()) {
        throw new IllegalStateException(
            "somebody else changed "
                + name
                + " at the same moment, and this change has taken the place of theirs; see"
                + " 'physiowave models list', and repeat what is missing");
      }
    }
  }

  /** Writes a deployment and waits for what a running job says of it, or for the time to pass. */
  public Optional<ModelStatus> writeAndWait(ModelDeployment deployment, Duration longest) {
    List<TopicPartition> partitions = partitions(statusTopic);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    write(deployment);
    consumer.assign(partitions);
    ends.forEach(consumer::seek);
    long deadline = System.nanoTime() + longest.toNanos();
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
