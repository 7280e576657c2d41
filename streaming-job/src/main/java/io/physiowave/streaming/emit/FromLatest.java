package io.physiowave.streaming.emit;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Begins with what comes from now on; but where a restored job's place was deleted meanwhile, goes
 * on with the first record that is still there. Flink's own would leave out all of them.
 */
final class FromLatest implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  private final OffsetsInitializer latest = OffsetsInitializer.latest();

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    return latest.getPartitionOffsets(partitions, retriever);
  }

  /** The connector still takes Kafka's deprecated enumeration. */
  @Override
  @SuppressWarnings("deprecation")
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
