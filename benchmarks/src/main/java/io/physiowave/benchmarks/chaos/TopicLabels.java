package io.physiowave.benchmarks.chaos;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All labels of a topic.
 *
 * @param ids identities, in no particular order, as often as each was read
 * @param byModel how many each version of each model gave
 * @param appendMillis when the broker took each, ascending, milliseconds since the epoch
 */
record TopicLabels(List<String> ids, Map<String, Long> byModel, long[] appendMillis) {
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Reads a topic from its beginning to its end, committed records only.
   *
   * @param bootstrapServers host:port, separated by commas
   */
  static TopicLabels read(String bootstrapServers, String topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    List<String> ids = new ArrayList<>();
    Map<String, Long> byModel = new TreeMap<>();
    List<Long> times = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          LabelEvent label = LabelEventCodec.decode(record.value());
          ids.add(label.id());
          byModel.merge(label.model().name() + " " + label.model().version(), 1L, Long::sum);
          times.add(record.timestamp());
        }
      }
    }
    return new TopicLabels(
        ids, byModel, times.stream().mapToLong(Long::longValue).sorted().toArray());
  }

  /** Longest time between two labels that follow each other; 0 with fewer than two. */
  long longestSilenceMillis() {
    long longest = 0;
    for (int i = 1; i < appendMillis.length; i++) {
      longest = Math.max(longest, appendMillis[i] - appendMillis[i - 1]);
    }
    return longest;
  }

  /**
   * Longest time without a label that touches a stretch of time.
   *
   * @param fromMillis its beginning, milliseconds since the epoch
   * @param lengthMillis its length
   */
  long silenceAround(long fromMillis, long lengthMillis) {
    long longest = 0;
    for (int i = 1; i < appendMillis.length; i++) {
      if (appendMillis[i] > fromMillis && appendMillis[i - 1] < fromMillis + lengthMillis) {
        longest = Math.max(longest, appendMillis[i] - appendMillis[i - 1]);
      }
    }
    return longest;
  }
}
