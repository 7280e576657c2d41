package io.physiowave.connectors.replay;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a gateway is, and what it knows the sender by.
 *
 * @param base what comes before {@code /v1}: {@code http://localhost:8090} to send by HTTP, {@code
 *     ws://localhost:8090} by WebSocket, or the same with TLS, {@code https} and {@code wss}
 * @param token of the sender; empty for none
 */
public record GatewayAddress(URI base, Optional<String> token) {
  /** How long a gateway that has answered before may be away, or without Kafka. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long one that has never answered is tried: most likely the address is wrong. */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(3);

  /** Between two tries. */
  static final Duration PAUSE = Duration.ofMillis(500);

  /** How long a connection is waited for. */
  static final Duration CONNECTING = Duration.ofSeconds(5);

  /** How long an answer is waited for: more than a gateway waits for Kafka by default. */
  static final Duration ANSWERING = Duration.ofSeconds(45);

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]+");

  public GatewayAddress {
    boolean isWeb = base.getScheme() != null && base.getScheme().matches("https?|wss?");
    if (!isWeb || base.getHost() == null || base.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "gateway is '"
              + base
              + "'; expected its address, e.g. http://localhost:8090 or ws://localhost:8090");
    }
    if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
      throw new IllegalArgumentException(
          "the gateway's token is not one; expected letters, digits, '.', '_', '~' and '-' alone");
    }
  }

  /** Whether frames go by WebSocket. */
  public boolean isSocket() {
    return base.getScheme().startsWith("ws");
  }

  /** The address of one of the gateway's doors, e.g. {@code /v1/frames}. */
  URI door(String path) {
    return URI.create(base.toString().replaceAll("/+$", "") + path);
  }

  /**
   * How long a gateway is tried: no longer than the patience with it, less if it never answered.
   */
  static Duration trying(boolean hasAnswered, Duration patience) {
    return hasAnswered || patience.compareTo(FIRST_PATIENCE) < 0 ? patience : FIRST_PATIENCE;
  }

  /** Why there is no connection, in words: of most reasons the JDK's client says none. */
  String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "nobody knows the host " + base.getHost();
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return "no connection within " + CONNECTING.toSeconds() + " s";
      }
    }
    if (failure instanceof ConnectException) {
      return "no connection; is the gateway there?";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
