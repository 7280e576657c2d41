package io.physiowave.dashboard.server;

import io.physiowave.connectors.kafka.SignalTopic;
import java.util.Objects;

/**
 * Where the dashboard listens and what it reads.
 *
 * @param host address to listen on; {@code localhost} keeps it to this machine
 * @param port 1 to 65535, or 0 for any free one
 * @param bootstrapServers Kafka brokers, {@code host:port} separated by commas
 * @param framesTopic topic of protobuf signal frames
 * @param labelsTopic topic of protobuf label events
 * @param eventsTopic topic of protobuf signal events; need not exist
 * @param rhythmsTopic topic of protobuf rhythm summaries; need not exist
 */
public record DashboardOptions(
    String host,
    int port,
    String bootstrapServers,
    String framesTopic,
    String labelsTopic,
    String eventsTopic,
    String rhythmsTopic) {

  /** Port on which the page is found unless told otherwise. */
  public static final int DEFAULT_PORT = 8080;

  public DashboardOptions {
    requireText("host", host);
    requireText("bootstrapServers", bootstrapServers);
    requireText("framesTopic", framesTopic);
    requireText("labelsTopic", labelsTopic);
    requireText("eventsTopic", eventsTopic);
    requireText("rhythmsTopic", rhythmsTopic);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("dashboard port is " + port + "; expected 0 to 65535");
    }
  }

  /** On localhost, over the topics' usual names. */
  public static DashboardOptions local(int port, String bootstrapServers) {
    return new DashboardOptions(
        "localhost",
        port,
        bootstrapServers,
        SignalTopic.FRAMES.topicName(),
        SignalTopic.LABELS.topicName(),
        SignalTopic.EVENTS.topicName(),
        SignalTopic.RHYTHMS.topicName());
  }

  private static void requireText(String field, String value) {
    if (Objects.requireNonNull(value, field).isBlank()) {
      throw new IllegalArgumentException("dashboard " + field + " is blank");
    }
  }
}
