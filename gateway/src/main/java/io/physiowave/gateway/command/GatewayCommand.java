package io.physiowave.gateway.command;

import io.physiowave.connectors.command.CommandLogging;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.command.KafkaBrokers;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.gateway.access.AccessTokens;
import io.physiowave.gateway.http.HttpOptions;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code physiowave gateway}: takes frames until it is told to stop. */
@Command(
    name = "gateway",
    description =
        "Takes frames from devices by HTTP, WebSocket and MQTT, refuses at once what the job would"
            + " refuse, and writes the others to Kafka. A frame is answered when Kafka has it."
            + " Tells devices what the job says of their streams.",
    footer = {
      "",
      "POST /v1/frames takes protobuf, JSON or lines of JSON; a WebSocket at /v1/stream a frame a message.",
      "A WebSocket at /v1/labels?stream=ID hears the labels of a stream, with &kind=events onsets and offsets;",
      "as JSON, with &format=protobuf as protobuf.",
      "GET /healthz answers 200 while Kafka takes frames, otherwise 503, with what was taken and refused;",
      "GET /metrics has the same for Prometheus.",
      "docs/devices.md has the forms of a frame and examples. Ctrl-C ends it when all is answered.",
      "",
      "Examples:",
      "  physiowave gateway",
      "  physiowave gateway --host 0.0.0.0 --tokens tokens.txt --bootstrap-servers broker-1:9092",
      "  physiowave gateway --mqtt mqtts://mqtt.example:8883 --mqtt-user gateway --mqtt-password-file secret.txt"
    })
public final class GatewayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private KafkaBrokers brokers;

  @Option(
      names = "--frames-topic",
      paramLabel = "TOPIC",
      description = "Topic of the frames, which must exist (default: ${DEFAULT-VALUE}).")
  private String framesTopic = SignalTopic.FRAMES.topicName();

  @Option(
      names = "--labels-topic",
      paramLabel = "TOPIC",
      description = "Topic of the labels for those who listen (default: ${DEFAULT-VALUE}).")
  private String labelsTopic = SignalTopic.LABELS.topicName();

  @Option(
      names = "--events-topic",
      paramLabel = "TOPIC",
      description = "Topic of the events for those who listen (default: ${DEFAULT-VALUE}).")
  private String eventsTopic = SignalTopic.EVENTS.topicName();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}). Where other machines reach it, it asks"
              + " for --tokens. It speaks no TLS; put a reverse proxy before it.",
      defaultValue = "localhost")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + HttpOptions.DEFAULT_PORT)
  private int port;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "Who may send and listen: lines of a token and the stream ids that it is for, e.g. ward-3-*"
              + " (default: everybody on this machine).")
  private Path tokens;

  @Option(
      names = "--allow-anonymous",
      description =
          "Take frames without tokens though other machines reach the port. Nobody can listen then.")
  private boolean anonymous;

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description = "Sites whose pages may use the gateway, e.g. https://ward.example.")
  private List<String> trustedOrigins = List.of();

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "Frames of one WebSocket that may wait for Kafka before no more are read from it"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + HttpOptions.DEFAULT_WINDOW)
  private int window;

  @Option(
      names = "--max-sockets",
      paramLabel = "N",
      description =
          "WebSockets at once that send, and as many that listen; further ones get 503"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + HttpOptions.DEFAULT_MAXIMUM_SOCKETS)
  private int maximumSockets;

  @Option(
      names = "--patience",
      paramLabel = "S",
      description =
          "Seconds that Kafka is given to confirm a frame before it is answered as undelivered"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "30")
  private int patienceSeconds;

  @Option(
      names = "--trace-share",
      paramLabel = "X",
      description =
          "Share of the frames, 0 to 1, that are traced to an OpenTelemetry collector (OTEL_...),"
              + " and through the job if it traces (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:PHYSIOWAVE_TRACE_SHARE:-0}")
  private double traceShare;

  @Mixin private MqttSource mqtt;

  private final CountDownLatch stop;

  /** A command that only the end of its process stops. */
  public GatewayCommand() {
    this(new CountDownLatch(1));
  }

  GatewayCommand(CountDownLatch stop) {
    this.stop = stop;
  }

  /** Runs the command and ends the Java machine with its exit code. */
  public static void main(String[] arguments) {
    CommandLogging.configure(GatewayCommand.class);
    System.exit(CommandRunner.run(new GatewayCommand(), arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    GatewayOptions options = options();
    EndedByShutdown shutdown = new EndedByShutdown(stop);
    try (Gateway gateway = Gateway.start(options)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "Gateway "
              + gateway.server().address()
              + " into "
              + framesTopic
              + " at "
              + brokers.bootstrapServers());
      out.flush();
      stop.await();
    } finally {
      shutdown.release();
    }
    return CommandRunner.SUCCESS;
  }

  private GatewayOptions options() throws IOException {
    Optional<AccessTokens> known =
        tokens == null ? Optional.empty() : Optional.of(AccessTokens.read(tokens));
    try {
      return new GatewayOptions(
          new HttpOptions(
              host, port, known, anonymous, Set.copyOf(trustedOrigins), window, maximumSockets),
          brokers.bootstrapServers(),
          framesTopic,
          labelsTopic,
          eventsTopic,
          Duration.ofSeconds(patienceSeconds),
          traceShare,
          mqtt.options());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
