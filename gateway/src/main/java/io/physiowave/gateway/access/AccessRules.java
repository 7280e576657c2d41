package io.physiowave.gateway.access;

import io.physiowave.connectors.web.OriginCheck;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Whether to answer a request, and for which streams.
 *
 * <p>With tokens, each request needs one: in the header {@code Authorization: Bearer TOKEN}, or,
 * since a browser's WebSocket sends none, as the subprotocol {@code bearer.TOKEN} beside {@value
 * #SUBPROTOCOL}. Without tokens everybody may do everything who reaches the port.
 */
public final class AccessRules {
  /** The subprotocol that a WebSocket speaks. */
  public static final String SUBPROTOCOL = "physiowave.v1";

  private static final String BEARER = "Bearer ";
  private static final String BEARER_SUBPROTOCOL = "bearer.";

  private final Optional<AccessTokens> tokens;
  private final OriginCheck origins;

  /**
   * Rules of a server.
   *
   * @param host address that it listens on
   * @param tokens empty for none
   * @param trustedOrigins sites whose pages may use it, e.g. {@code https://ward.example}
   */
  public AccessRules(String host, Optional<AccessTokens> tokens, Set<String> trustedOrigins) {
    this.tokens = tokens;
    origins = new OriginCheck(host, trustedOrigins);
  }

  /**
   * What a request says of its sender; each is null when absent.
   *
   * @param host header {@code Host}
   * @param origin header {@code Origin}, which browsers write
   * @param authorization header {@code Authorization}
   * @param subprotocols header {@code Sec-WebSocket-Protocol}
   */
  public record Credentials(
      String host, String origin, String authorization, String subprotocols) {}

  /** Whether it comes from no page of a site that is not trusted. */
  public boolean isFromTrustedPage(Credentials credentials) {
    return origins.allows(credentials.host(), credentials.origin());
  }

  /** Whether pages of that origin are trusted though they come from another server. */
  public boolean trusts(String origin) {
    return origins.trusts(origin);
  }

  /** The streams that the sender may use; empty when nobody knows the sender. */
  public Optional<Grant> grant(Credentials credentials) {
    if (tokens.isEmpty()) {
      return Optional.of(Grant.ALL);
    }
    return token(credentials).flatMap(tokens.get()::grant);
  }

  private static Optional<String> token(Credentials credentials) {
    String authorization = credentials.authorization();
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(authorization.substring(BEARER.length()).strip());
    }
    if (credentials.subprotocols() == null) {
      return Optional.empty();
    }
    return Arrays.stream(credentials.subprotocols().split(","))
        .map(String::strip)
        .filter(name -> name.startsWith(BEARER_SUBPROTOCOL))
        .map(name -> name.substring(BEARER_SUBPROTOCOL.length()))
        .findFirst();
  }
}
