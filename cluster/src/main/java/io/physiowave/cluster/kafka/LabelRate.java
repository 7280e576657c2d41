package io.physiowave.cluster.kafka;

import io.physiowave.connectors.kafka.SignalTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** How many labels came of late, by the broker's own dates. */
public final class LabelRate {
  private static final int PATIENCE_MILLIS = 10_000;

  private LabelRate() {}

  /**
   * Labels in the last while.
   *
   * @param bootstrapServers host:port, separated by commas
   * @throws IllegalStateException when the broker does not answer
   */
  public static long labelsWithin(String bootstrapServers, Duration window) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    String topic = SignalTopic.LABELS.topicName();
    try (Admin admin = Admin.create(settings)) {
      TopicDescription description =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      long since = System.currentTimeMillis() - window.toMillis();
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          offsets(admin, description, OffsetSpec.latest());
      Map<TopicPartition, ListOffsetsResultInfo> starts =
          offsets(admin, description, OffsetSpec.forTimestamp(since));
      long labels = 0;
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
        long start = starts.get(end.getKey()).offset();
        // -1: nothing since then.
        labels += start < 0 ? 0 : Math.max(0, end.getValue().offset() - start);
      }
      return labels;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the broker at " + bootstrapServers + " does not answer: " + e.getCause().getMessage(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + bootstrapServers, e);
    }
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, TopicDescription topic, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .collect(Collectors.toMap(partition -> partition, partition -> spec)))
        .all()
        .get();
  }
}
