package io.physiowave.gateway.run;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.gateway.http.HttpOptions;
import io.physiowave.gateway.mqtt.MqttOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a gateway is made of.
 *
 * @param http where it listens
 * @param bootstrapServers Kafka brokers, {@code host:port} separated by commas
 * @param framesTopic where frames go
 * @param labelsTopic where labels are, for those who listen
 * @param eventsTopic where events are, for those who listen
 * @param patience how long Kafka is given to confirm a frame, 2 s to 10 min
 * @param traceShare share of the frames that are traced, 0 to 1
 * @param mqtt a broker of MQTT from which frames come too; empty for none
 */
public record GatewayOptions(
    HttpOptions http,
    String bootstrapServers,
    String framesTopic,
    String labelsTopic,
    String eventsTopic,
    Duration patience,
    double traceShare,
    Optional<MqttOptions> mqtt) {
  /** How long Kafka is given to confirm a frame, unless told otherwise. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  public GatewayOptions {
    Objects.requireNonNull(http, "http");
    requireText("bootstrapServers", bootstrapServers);
    requireText("framesTopic", framesTopic);
    requireText("labelsTopic", labelsTopic);
    requireText("eventsTopic", eventsTopic);
    if (patience.compareTo(Duration.ofSeconds(2)) < 0
        || patience.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "patience with Kafka is " + patience.toMillis() + " ms; expected 2000 to 600000");
    }
  }

  /** On localhost, with the usual topics. */
  public static GatewayOptions local(int port, String bootstrapServers) {
    return new GatewayOptions(
        HttpOptions.local(port),
        bootstrapServers,
        SignalTopic.FRAMES.topicName(),
        SignalTopic.LABELS.topicName(),
        SignalTopic.EVENTS.topicName(),
        DEFAULT_PATIENCE,
        0,
        Optional.empty());
  }

  /** The same listening otherwise. */
  public GatewayOptions withHttp(HttpOptions other) {
    return new GatewayOptions(
        other, bootstrapServers, framesTopic, labelsTopic, eventsTopic, patience, traceShare, mqtt);
  }

  /** The same with another patience with Kafka. */
  public GatewayOptions withPatience(Duration other) {
    return new GatewayOptions(
        http, bootstrapServers, framesTopic, labelsTopic, eventsTopic, other, traceShare, mqtt);
  }

  /** The same with frames from a broker of MQTT too. */
  public GatewayOptions withMqtt(MqttOptions broker) {
    return new GatewayOptions(
        http,
        bootstrapServers,
        framesTopic,
        labelsTopic,
        eventsTopic,
        patience,
        traceShare,
        Optional.of(broker));
  }

  private static void requireText(String field, String value) {
    if (Objects.requireNonNull(value, field).isBlank()) {
      throw new IllegalArgumentException("gateway " + field + " is blank");
    }
  }
}
