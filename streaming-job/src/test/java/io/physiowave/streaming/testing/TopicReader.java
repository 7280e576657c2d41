package io.physiowave.streaming.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a topic from its beginning, committed records only, until enough has come. */
public final class TopicReader<T> implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaConsumer<byte[], T> consumer;
  private final List<ConsumerRecord<byte[], T>> records = new ArrayList<>();

  public TopicReader(String bootstrapServers, String topic, Deserializer<T> values) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            values);
    consumer.subscribe(List.of(topic));
  }

  /** Reads on until the condition holds for all records read so far. */
  public List<ConsumerRecord<byte[], T>> await(
      Predicate<List<ConsumerRecord<byte[], T>>> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(records)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "only " + records.size() + " records came to " + consumer.subscription());
      }
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  /** Reads all that has been written to the topic by now. */
  public List<ConsumerRecord<byte[], T>> readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    return await(
        all ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
