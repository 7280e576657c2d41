package io.physiowave.gateway.http;

import io.physiowave.connectors.web.OriginCheck;
import io.physiowave.gateway.access.AccessRules;
import io.physiowave.gateway.access.AccessTokens;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the gateway listens, and for whom.
 *
 * @param host address to listen on
 * @param port 1 to 65535, or 0 for any free one
 * @param tokens who may send and listen; empty for everybody
 * @param anonymous whether everybody may send though other machines reach the port
 * @param trustedOrigins sites whose pages may use the gateway, e.g. {@code https://ward.example}
 * @param window frames of one WebSocket that may wait for Kafka, 1 to 10000
 * @param maximumSockets WebSockets at once that send, and as many that listen, 1 or more
 */
public record HttpOptions(
    String host,
    int port,
    Optional<AccessTokens> tokens,
    boolean anonymous,
    Set<String> trustedOrigins,
    int window,
    int maximumSockets) {
  /** Port unless told otherwise. */
  public static final int DEFAULT_PORT = 8090;

  /** Frames of one WebSocket that may wait for Kafka, unless told otherwise. */
  public static final int DEFAULT_WINDOW = 64;

  /** WebSockets at once, unless told otherwise. */
  public static final int DEFAULT_MAXIMUM_SOCKETS = 10_000;

  public HttpOptions {
    Objects.requireNonNull(tokens, "tokens");
    trustedOrigins = Set.copyOf(trustedOrigins);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("gateway port is " + port + "; expected 0 to 65535");
    }
    if (window < 1 || window > 10_000) {
      throw new IllegalArgumentException("window is " + window + "; expected 1 to 10000");
    }
    if (maximumSockets < 1) {
      throw new IllegalArgumentException(
          "sockets at once are " + maximumSockets + "; expected 1 or more");
    }
    for (String origin : trustedOrigins) {
      if (!origin.matches("https?://[^/]+")) {
        throw new IllegalArgumentException(
            "origin is '"
                + origin
                + "'; expected scheme, host and port as browsers write them,"
                + " e.g. https://ward.example");
      }
    }
    if (tokens.isEmpty() && !anonymous && !OriginCheck.isLoopback(host)) {
      throw new IllegalArgumentException(
          "the gateway would listen on "
              + host
              + " for everybody who reaches it; give it"
              + " --tokens FILE, or --allow-anonymous if that is meant");
    }
  }

  /** Whether anybody may listen to labels: nobody without a token from another machine. */
  public boolean servesLabels() {
    return tokens.isPresent() || OriginCheck.isLoopback(host);
  }

  /** On localhost, for everybody on this machine. */
  public static HttpOptions local(int port) {
    return new HttpOptions(
        "localhost",
        port,
        Optional.empty(),
        false,
        Set.of(),
        DEFAULT_WINDOW,
        DEFAULT_MAXIMUM_SOCKETS);
  }

  /** The same with tokens from a file; see {@link AccessTokens#read}. */
  public HttpOptions withTokens(Path file) throws java.io.IOException {
    return new HttpOptions(
        host,
        port,
        Optional.of(AccessTokens.read(file)),
        anonymous,
        trustedOrigins,
        window,
        maximumSockets);
  }

  AccessRules rules() {
    return new AccessRules(host, tokens, trustedOrigins);
  }
}
