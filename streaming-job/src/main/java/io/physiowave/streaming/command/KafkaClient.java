package io.physiowave.streaming.command;

import io.physiowave.connectors.command.KafkaBrokers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options of commands that talk to Kafka while a person waits: no broker is a matter of seconds.
 */
final class KafkaClient {
  private static final String PATIENCE_MILLIS = "15000";

  @Mixin private KafkaBrokers brokers;

  @Option(
      names = "--kafka-property",
      paramLabel = "<key=value>",
      description = "A further client property; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  String bootstrapServers() {
    return brokers.bootstrapServers();
  }

  /** Settings of a client but for the brokers. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.putAll(properties);
    return settings;
  }
}
