package io.physiowave.streaming.command;

import picocli.CommandLine.Option;

/** The options of a demonstration's ports, which {@code doctor} tries beforehand. */
public final class DemoPorts {
  @Option(
      names = "--port",
      paramLabel = "<port>",
      defaultValue = "8080",
      description = "Port of the live page; 0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int page;

  @Option(
      names = "--flink-port",
      paramLabel = "<port>",
      defaultValue = "8081",
      description = "Port of Flink's web interface (default: ${DEFAULT-VALUE}).")
  private int flink;

  @Option(
      names = "--kafka-port",
      paramLabel = "<port>",
      defaultValue = "9092",
      description = "Port of the Kafka broker (default: ${DEFAULT-VALUE}).")
  private int kafka;

  /** Of the live page; 0 for any free one. */
  public int page() {
    return page;
  }

  /** Of Flink's web interface; 0 for any free one. */
  public int flink() {
    return flink;
  }

  /** Of the broker; 0 for any free one. */
  public int kafka() {
    return kafka;
  }
}
