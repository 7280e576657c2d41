package io.physiowave.gateway.intake;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;

/** Asks Kafka whether frames can be written. */
public final class KafkaHealth implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final long AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Admin admin;
  private final String topic;
  private final BooleanSupplier knowsTopic;
  private CompletableFuture<Boolean> latest;
  private long asked;

  /**
   * Opens a client; no broker need be there.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param topic the topic of frames
   * @param knowsTopic whether who writes the frames knows the topic
   */
  public KafkaHealth(String bootstrapServers, String topic, BooleanSupplier knowsTopic) {
    this.topic = topic;
    this.knowsTopic = knowsTopic;
    admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "physiowave-gateway-health",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS));
  }

  /**
   * Whether a broker answers within 2 s, every partition of the topic has a leader, and who writes
   * the frames knows the topic; asked anew at most once a second, however many want to know.
   */
  public synchronized CompletableFuture<Boolean> check() {
    long now = System.nanoTime();
    if (latest == null || (latest.isDone() && now - asked > AGE_NANOS)) {
      asked = now;
      latest =
          admin
              .describeTopics(List.of(topic))
              .topicNameValues()
              .get(topic)
              .toCompletionStage()
              .toCompletableFuture()
              .handle(
                  (description, failure) ->
                      failure == null && isLed(description) && knowsTopic.getAsBoolean());
    }
    return latest;
  }

  private static boolean isLed(TopicDescription description) {
    return description.partitions().stream()
        .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofMillis(PATIENCE_MILLIS));
  }
}
