package io.physiowave.streaming.emit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a record a topic takes. */
final class TopicLimit {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLimit.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TopicLimit() {}

  /**
   * Asks the brokers, which may take some seconds.
   *
   * @param properties of the job's clients
   * @return bytes of the longest record with all that belongs to it; empty when the brokers do not
   *     tell, since they are away or the job may not ask
   */
  static OptionalInt read(String bootstrapServers, Map<String, String> properties, String topic)
      throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    int millis = (int) PATIENCE.toMillis();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    ConfigResource asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(settings)) {
      ConfigEntry limit =
          admin
              .describeConfigs(List.of(asked))
              .all()
              .get()
              .get(asked)
              .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      return limit == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(limit.value()));
    } catch (ExecutionException | KafkaException e) {
      LOG.warn(
          "the brokers do not tell {} of {}; it is taken to be no less than the producer's"
              + " max.request.size",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          topic,
          e);
      return OptionalInt.empty();
    }
  }
}
