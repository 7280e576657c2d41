package io.physiowave.quickstart.observe;

import io.physiowave.connectors.kafka.SignalTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far the job has come in the frames topic. Not safe for use by several threads. */
public final class JobProgress implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final String bootstrapServers;
  private final int partitions;
  private final Supplier<Map<Integer, Long>> read;
  private final Map<Integer, Long> highest = new HashMap<>();
  private final Admin admin;

  /**
   * Connects.
   *
   * @param partitions of the frames topic
   * @param read tells the offset that the job reads next, by partition; a partition may be missing
   *     while the job restarts
   */
  public JobProgress(String bootstrapServers, int partitions, Supplier<Map<Integer, Long>> read) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.read = read;
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /**
   * Frames in the topic and frames behind the job.
   *
   * @param written frames written since the topic was made
   * @param read frames that the job has taken in
   */
  public record Position(long written, long read) {
    /** Frames that the job has still before it. */
    public long backlog() {
      return written - read;
    }
  }

  /** Where the job stands. */
  public Position position() throws InterruptedException {
    // In this order: what is written in between must not make the job seem further than it is.
    Map<Integer, Long> ends = ends();
    Map<Integer, Long> positions = positions();
    long behind =
        positions.entrySet().stream()
            .mapToLong(entry -> Math.min(entry.getValue(), ends.get(entry.getKey())))
            .sum();
    return new Position(ends.values().stream().mapToLong(Long::longValue).sum(), behind);
  }

  /** Frames that the job has not taken in, by stream; streams without any are left out. */
  public Map<String, Long> unread() throws InterruptedException {
    Map<Integer, Long> ends = ends();
    Map<Integer, Long> positions = positions();
    Map<TopicPartition, Long> from = new HashMap<>();
    Map<TopicPartition, Long> to = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          if (positions.get(partition) < end) {
            from.put(partition(partition), positions.get(partition));
            to.put(partition(partition), end);
          }
        });
    return to.isEmpty() ? Map.of() : countByKey(from, to);
  }

  private Map<String, Long> countByKey(
      Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    Map<String, Long> counts = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
      consumer.assign(to.keySet());
      from.forEach(consumer::seek);
      while (to.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          counts.merge(new String(message.key(), StandardCharsets.UTF_8), 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  /** A restarted job says nothing of a partition until a frame comes: it is not behind for that. */
  private Map<Integer, Long> positions() {
    IntStream.range(0, partitions).forEach(partition -> highest.putIfAbsent(partition, 0L));
    read.get().forEach((partition, offset) -> highest.merge(partition, offset, Math::max));
    return highest;
  }

  private Map<Integer, Long> ends() throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        all().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<Integer, Long> ends = new HashMap<>();
    await(admin.listOffsets(latest).all())
        .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }

  private Stream<TopicPartition> all() {
    return IntStream.range(0, partitions).mapToObj(JobProgress::partition);
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition(SignalTopic.FRAMES.topicName(), number);
  }

  private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the broker does not tell how many frames there are: " + e.getCause().getMessage(),
          e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the broker did not tell within " + PATIENCE_SECONDS + " s how many frames there are", e);
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
