package io.physiowave.gateway.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which broker of MQTT frames come from.
 *
 * @param server {@code mqtt://host:port}, or {@code mqtts://host:port} with TLS
 * @param topics where devices publish frames
 * @param clientId who the gateway is for the broker, which keeps a session for it; of several
 *     gateways each has its own
 * @param login empty for none
 * @param certificates file with the certificates, PEM, that the broker's must come from; empty for
 *     those that Java trusts
 * @param window frames that may wait for Kafka before the broker sends no more, 1 to 65535
 * @param sessionExpiry how long the broker keeps frames for a gateway that is away
 */
public record MqttOptions(
    URI server,
    FrameTopics topics,
    String clientId,
    Optional<MqttLogin> login,
    Optional<Path> certificates,
    int window,
    Duration sessionExpiry) {
  /** Frames that may wait for Kafka, unless told otherwise. */
  public static final int DEFAULT_WINDOW = 64;

  /** How long the broker keeps frames for a gateway that is away, unless told otherwise. */
  public static final Duration DEFAULT_SESSION_EXPIRY = Duration.ofHours(1);

  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  public MqttOptions {
    Objects.requireNonNull(topics, "topics");
    // Told without the address, in which a password may stand.
    if (server.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of the MQTT broker has a user in it; expected mqtt://host:port, and"
              + " --mqtt-user with PHYSIOWAVE_MQTT_PASSWORD or --mqtt-password-file");
    }
    boolean isKnown = "mqtt".equals(server.getScheme()) || "mqtts".equals(server.getScheme());
    if (!isKnown || server.getHost() == null || !server.getPath().isEmpty()) {
      throw new IllegalArgumentException(
          "the MQTT broker is '" + server + "'; expected mqtt://host:port or mqtts://host:port");
    }
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("the MQTT client id is blank; expected a name");
    }
    if (window < 1 || window > 65_535) {
      throw new IllegalArgumentException("MQTT window is " + window + "; expected 1 to 65535");
    }
    if (sessionExpiry.isNegative() || sessionExpiry.toSeconds() > 0xFFFF_FFFEL) {
      throw new IllegalArgumentException(
          "MQTT session expiry is " + sessionExpiry.toSeconds() + " s; expected 0 to 4294967294");
    }
  }

  /** A broker without login and TLS. */
  public static MqttOptions plain(URI server, String clientId) {
    return new MqttOptions(
        server,
        FrameTopics.DEFAULT,
        clientId,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_WINDOW,
        DEFAULT_SESSION_EXPIRY);
  }

  /** Whether the connection is encrypted. */
  boolean isEncrypted() {
    return server.getScheme().equals("mqtts");
  }

  /** The broker's port. */
  int port() {
    if (server.getPort() >= 0) {
      return server.getPort();
    }
    return isEncrypted() ? TLS_PORT : PORT;
  }
}
