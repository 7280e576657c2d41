package io.physiowave.quickstart.observe;

import io.physiowave.connectors.kafka.SignalTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How far the job has come in the frames topic.
 *
 * <p>The job commits its offsets when a checkpoint has completed, and before a checkpoint every
 * window is judged and every label written. So a frame below the committed offset has had all its
 * consequences.
 */
public final class JobProgress implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final String bootstrapServers;
  private final String group;
  private final int partitions;
  private final Admin admin;

  /**
   * Connects.
   *
   * @param group the job's consumer group
   * @param partitions of the frames topic
   */
  public JobProgress(String bootstrapServers, String group, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.group = group;
    this.partitions = partitions;
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /**
   * Frames in the topic and frames behind the job.
   *
   * @param written frames written since the topic was made
   * @param processed frames that the job is done with
   */
  public record Position(long written, long processed) {
    /** Frames that the job has still before it. */
    public long backlog() {
      return written - processed;
    }
  }

  /** Where the job stands. */
  public Position position() throws InterruptedException {
    long processed = committed().values().stream().mapToLong(Long::longValue).sum();
    long written = ends().values().stream().mapToLong(Long::longValue).sum();
    return new Position(written, processed);
  }

  /** Frames that the job is not done with, by stream; those without are left out. */
  public Map<String, Long> unprocessed() throws InterruptedException {
    Map<TopicPartition, Long> from = committed();
    Map<TopicPartition, Long> to = ends();
    to.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
    return to.isEmpty() ? Map.of() : countByKey(from, to);
  }

  private Map<String, Long> countByKey(
      Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    Map<String, Long> counts = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
      consumer.assign(to.keySet());
      to.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
      while (to.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          counts.merge(new String(message.key(), StandardCharsets.UTF_8), 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  private Map<TopicPartition, Long> committed() throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return all()
        .collect(
            Collectors.toMap(
                partition -> partition,
                partition -> offsets.get(partition) == null ? 0 : offsets.get(partition).offset()));
  }

  private Map<TopicPartition, Long> ends() throws InterruptedException {
    var latest =
        await(
            admin
                .listOffsets(
                    all().collect(Collectors.toMap(p -> p, partition -> OffsetSpec.latest())))
                .all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    latest.forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private java.util.stream.Stream<TopicPartition> all() {
    return IntStream.range(0, partitions)
        .mapToObj(number -> new TopicPartition(SignalTopic.FRAMES.topicName(), number));
  }

  private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the broker does not tell the job's progress: " + e.getCause().getMessage(),
          e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the broker did not tell the job's progress within " + PATIENCE_SECONDS + " s", e);
    }
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "demo-progress");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return settings;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
