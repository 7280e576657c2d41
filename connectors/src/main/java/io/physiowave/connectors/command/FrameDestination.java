package io.physiowave.connectors.command;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.connectors.replay.GatewayAddress;
import io.physiowave.connectors.replay.GatewayFrameSink;
import io.physiowave.connectors.replay.GatewaySocketSink;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.connectors.trace.SendTraces;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the commands that send frames: to Kafka, or to a gateway. */
final class FrameDestination {
  private static final String TOKEN_VARIABLE = "PHYSIOWAVE_GATEWAY_TOKEN";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private KafkaBrokers brokers;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description =
          "Send to a gateway, as a device would, and not to Kafka: by HTTP one frame after the other,"
              + " e.g. http://localhost:8090, or by WebSocket without waiting for each answer, e.g."
              + " ws://localhost:8090.")
  private URI gateway;

  @Option(
      names = "--gateway-token-file",
      paramLabel = "FILE",
      description =
          "File whose first line is the token for the gateway (default: " + TOKEN_VARIABLE + ").")
  private Path tokenFile;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of the topic if it must be created (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "Copies of the topic if it must be created (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int replication;

  @Option(
      names = "--trace-share",
      paramLabel = "X",
      description =
          "Share of the frames, 0 to 1, that are traced to an OpenTelemetry collector (OTEL_...),"
              + " and through the job if it traces (default: ${DEFAULT-VALUE}). Of a gateway's"
              + " frames, the gateway traces its own share.",
      defaultValue = "${env:PHYSIOWAVE_TRACE_SHARE:-0}")
  private double traceShare;

  /** Connects; in Kafka, after creating the topic where it is missing. */
  FrameSink connect() throws IOException {
    if (gateway != null) {
      return toGateway();
    }
    if (tokenFile != null) {
      throw new ParameterException(
          command.commandLine(), "--gateway-token-file is for a gateway; expected --gateway too");
    }
    SendTraces traces = SendTraces.of(traceShare);
    String bootstrapServers = brokers.bootstrapServers();
    TopicCreation.create(bootstrapServers, List.of(SignalTopic.FRAMES), partitions, replication);
    return KafkaFrameSink.connect(bootstrapServers, traces);
  }

  private FrameSink toGateway() throws IOException {
    for (String other :
        List.of("--bootstrap-servers", "--partitions", "--replication", "--trace-share")) {
      if (command.commandLine().getParseResult().hasMatchedOption(other)) {
        throw new ParameterException(
            command.commandLine(),
            other + " is for Kafka, and with --gateway the gateway talks to it; expected one");
      }
    }
    try {
      GatewayAddress to = new GatewayAddress(gateway, token());
      return to.isSocket() ? new GatewaySocketSink(to) : new GatewayFrameSink(to);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Optional<String> token() throws IOException {
    return tokenFile == null
        ? Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).filter(token -> !token.isBlank())
        : Files.readAllLines(tokenFile).stream().findFirst().map(String::strip);
  }

  /** Where frames go, for people. */
  String address() {
    return gateway == null ? brokers.bootstrapServers() : gateway.toString();
  }
}
