package io.physiowave.gateway.command;

import io.physiowave.gateway.mqtt.FrameTopics;
import io.physiowave.gateway.mqtt.MqttLogin;
import io.physiowave.gateway.mqtt.MqttOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the command about a broker of MQTT. */
final class MqttSource {
  /** Where the password may stand; a command line can be read by others on the machine. */
  static final String PASSWORD_VARIABLE = "PHYSIOWAVE_MQTT_PASSWORD";

  @Option(
      names = "--mqtt",
      paramLabel = "URI",
      description =
          "Take frames from this broker of MQTT 5 too: mqtt://HOST:PORT, or mqtts:// with TLS.")
  private URI server;

  @Option(
      names = "--mqtt-topic",
      paramLabel = "FILTER",
      description =
          "Where devices publish frames; + stands for the stream id. $share/GROUP/ before it shares"
              + " them among gateways (default: $share/physiowave/physiowave/+/frames).")
  private String topic = FrameTopics.DEFAULT.filter();

  @Option(
      names = "--mqtt-client-id",
      paramLabel = "NAME",
      description =
          "Who the gateway is for the broker, which keeps frames for it; each gateway has its own,"
              + " and keeps it when it is started again (default: physiowave-gateway-HOSTNAME).")
  private String clientId;

  @Option(
      names = "--mqtt-user",
      paramLabel = "NAME",
      description =
          "User at the broker. The password is in "
              + PASSWORD_VARIABLE
              + " or --mqtt-password-file.",
      defaultValue = "${env:PHYSIOWAVE_MQTT_USER}")
  private String user;

  @Option(
      names = "--mqtt-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  private Path passwordFile;

  @Option(
      names = "--mqtt-ca",
      paramLabel = "FILE",
      description =
          "Certificates, PEM, that the broker's must come from (default: those that Java trusts).")
  private Path certificates;

  @Option(
      names = "--mqtt-window",
      paramLabel = "N",
      description =
          "Frames that may wait for Kafka before the broker sends no more (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "" + MqttOptions.DEFAULT_WINDOW)
  private int window;

  @Option(
      names = "--mqtt-session-expiry",
      paramLabel = "S",
      description =
          "Seconds that the broker keeps frames for this gateway when it is away (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "3600")
  private long sessionExpirySeconds;

  /** What was asked for; empty when no broker was. */
  Optional<MqttOptions> options() throws IOException {
    if (server == null) {
      return Optional.empty();
    }
    return Optional.of(
        new MqttOptions(
            server,
            new FrameTopics(topic),
            clientId == null ? "physiowave-gateway-" + hostName() : clientId,
            login(),
            Optional.ofNullable(certificates),
            window,
            Duration.ofSeconds(sessionExpirySeconds)));
  }

  private Optional<MqttLogin> login() throws IOException {
    if (user == null || user.isBlank()) {
      return Optional.empty();
    }
    String password = System.getenv(PASSWORD_VARIABLE);
    if (passwordFile != null) {
      password = Files.readAllLines(passwordFile).stream().findFirst().orElse("");
    }
    if (password == null) {
      throw new IllegalArgumentException(
          "MQTT user '"
              + user
              + "' has no password; expected it in "
              + PASSWORD_VARIABLE
              + " or --mqtt-password-file");
    }
    return Optional.of(new MqttLogin(user, password));
  }

  private static String hostName() throws UnknownHostException {
    return InetAddress.getLocalHost().getHostName();
  }
}
