package io.physiowave.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How consumers read that follow a topic live, with partitions assigned by themselves: in no group,
 * from where they are told to, and told within seconds that brokers are away or partitions were
 * added.
 */
final class FollowerSettings {
  /** How old what a consumer knows of a topic's partitions may be. */
  static final Duration REFRESH = Duration.ofSeconds(5);

  /** Kafka's default is 50 MiB, of which a process that serves pages may hold none. */
  private static final int FETCHED_BYTES = 8 * 1024 * 1024;

  private FollowerSettings() {}

  /**
   * Settings of a consumer of bytes.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param clientId what brokers call it
   */
  static Map<String, Object> of(String bootstrapServers, String clientId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    // Where a place is no more. Places are always given, so that this is not where one begins.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
    // Partitions are asked of this copy of the cluster's metadata, not of the cluster.
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) REFRESH.toMillis());
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    return settings;
  }
}
