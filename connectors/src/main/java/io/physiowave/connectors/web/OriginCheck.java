package io.physiowave.connectors.web;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps foreign web pages from reading or sending signals through the user's own browser: a request
 * must come from a page of this very server, or of one that is trusted, and a server on loopback
 * must have been asked for by a loopback name (which a rebound DNS name is not).
 */
public final class OriginCheck {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopbackOnly;
  private final Set<String> trustedOrigins;

  /** Trusts the pages of the server itself. */
  public OriginCheck(String listeningHost) {
    this(listeningHost, Set.of());
  }

  /**
   * Trusts the pages of some other servers too.
   *
   * @param trustedOrigins as browsers write them, e.g. {@code https://ward.example}
   */
  public OriginCheck(String listeningHost, Set<String> trustedOrigins) {
    this.loopbackOnly = isLoopback(listeningHost);
    this.trustedOrigins = Set.copyOf(trustedOrigins);
  }

  /** Whether only this machine reaches a server that listens there. */
  public static boolean isLoopback(String listeningHost) {
    return LOOPBACK.contains(listeningHost.toLowerCase(Locale.ROOT));
  }

  /** Whether pages of that origin are trusted though they come from another server. */
  public boolean trusts(String origin) {
    return origin != null && trustedOrigins.contains(origin);
  }

  /**
   * Whether to answer.
   *
   * @param host the request's Host header; null when absent
   * @param origin its Origin header; null when absent, as from programs that are no browser
   */
  public boolean allows(String host, String origin) {
    if (host == null || host.isBlank()) {
      return false;
    }
    if (loopbackOnly && !LOOPBACK.contains(withoutPort(host))) {
      return false;
    }
    return origin == null || trusts(origin) || host.equalsIgnoreCase(authority(origin));
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  private static String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
