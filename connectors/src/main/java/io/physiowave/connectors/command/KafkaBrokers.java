package io.physiowave.connectors.command;

import picocli.CommandLine.Option;

/** The option of every command that talks to Kafka: where. */
public final class KafkaBrokers {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "Kafka brokers to ask first (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:PHYSIOWAVE_KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}")
  private String bootstrapServers;

  /** Hosts and ports, separated by commas. */
  public String bootstrapServers() {
    return bootstrapServers;
  }
}
