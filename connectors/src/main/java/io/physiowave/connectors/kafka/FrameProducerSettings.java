package io.physiowave.connectors.kafka;

import io.physiowave.core.frame.SignalFrame;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** Producers of frames: nothing lost, nothing doubled or reordered by retries, little delay. */
public final class FrameProducerSettings {
  private FrameProducerSettings() {}

  /**
   * Opens a producer of frames.
   *
   * @param bootstrapServers host:port, separated by commas
   */
  public static Producer<String, SignalFrame> open(String bootstrapServers) {
    return new KafkaProducer<>(
        settings(bootstrapServers), new StringSerializer(), new SignalFrameSerializer());
  }

  /** The settings behind {@link #open}, for a caller that adds its own. */
  public static Map<String, Object> settings(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A control loop waits for these samples: batch what comes within 2 ms, no longer.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
    // By default a client that reaches no broker forgets what it knew of topics. Then sending
    // blocks, and fails, where frames should wait in memory for the broker to come back.
    settings.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
    // Nor is a topic forgotten to which nothing was sent for five minutes.
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(3650).toMillis());
    return settings;
  }
}
