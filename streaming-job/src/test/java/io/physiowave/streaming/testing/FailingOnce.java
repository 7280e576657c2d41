package io.physiowave.streaming.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/**
 * Throws once, when the given record of a topic is about to be written: in the task that writes it,
 * between two answers of a batch.
 *
 * <pre>{@code
 * FailingOnce.at(job.topic("labels"), 20);
 * job.with("--kafka-properties", FailingOnce.PROPERTY);
 * }</pre>
 */
public final class FailingOnce implements Partitioner {
  /** Makes producers of this JVM ask this class. */
  public static final String PROPERTY = "partitioner.class=" + FailingOnce.class.getName();

  private static final Map<String, AtomicInteger> LEFT = new ConcurrentHashMap<>();

  /** Has the given record of a topic fail, 1 for the first. */
  public static void at(String topic, int record) {
    LEFT.put(topic, new AtomicInteger(record));
  }

  /** Whether the record has failed. */
  public static boolean hasFailed(String topic) {
    return LEFT.get(topic).get() <= 0;
  }

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    AtomicInteger left = LEFT.get(topic);
    if (left != null && left.decrementAndGet() == 0) {
      throw new IllegalStateException("a failure that a test asked for");
    }
    return Math.floorMod(Arrays.hashCode(keyBytes), cluster.partitionCountForTopic(topic));
  }

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
