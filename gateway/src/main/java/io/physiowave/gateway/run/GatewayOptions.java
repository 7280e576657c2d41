package io.physiowave.gateway.run;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.gateway.http.HttpOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * What a gateway is made of.
 *
 * @param http where it listens
 * @param bootstrapServers Kafka brokers, {@code host:port} separated by commas
 * @param framesTopic where frames go
 * @param patience how long Kafka is given to confirm a frame, 2 s to 10 min
 * @param traceShare share of the frames that are traced, 0 to 1
 */
public record GatewayOptions(
    HttpOptions http,
    String bootstrapServers,
    String framesTopic,
    Duration patience,
    double traceShare) {
  /** How long Kafka is given to confirm a frame, unless told otherwise. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  public GatewayOptions {
    Objects.requireNonNull(http, "http");
    requireText("bootstrapServers", bootstrapServers);
    requireText("framesTopic", framesTopic);
    if (patience.compareTo(Duration.ofSeconds(2)) < 0
        || patience.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "patience with Kafka is " + patience.toMillis() + " ms; expected 2000 to 600000");
    }
  }

  /** On localhost, into the usual topic. */
  public static GatewayOptions local(int port, String bootstrapServers) {
    return new GatewayOptions(
        HttpOptions.local(port),
        bootstrapServers,
        SignalTopic.FRAMES.topicName(),
        DEFAULT_PATIENCE,
        0);
  }

  private static void requireText(String field, String value) {
    if (Objects.requireNonNull(value, field).isBlank()) {
      throw new IllegalArgumentException("gateway " + field + " is blank");
    }
  }
}
