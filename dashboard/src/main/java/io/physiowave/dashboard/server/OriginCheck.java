package io.physiowave.dashboard.server;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps foreign web pages from reading the signals through the user's own browser: a request must
 * come from this very page, and a server on loopback must have been asked for by a loopback name
 * (which a rebound DNS name is not).
 */
final class OriginCheck {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopbackOnly;

  OriginCheck(String listeningHost) {
    this.loopbackOnly = LOOPBACK.contains(listeningHost.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether to answer.
   *
   * @param host the request's Host header; null when absent
   * @param origin its Origin header; null when absent, as from programs that are no browser
   */
  boolean allows(String host, String origin) {
    if (host == null || host.isBlank()) {
      return false;
    }
    if (loopbackOnly && !LOOPBACK.contains(withoutPort(host))) {
      return false;
    }
    return origin == null || host.equalsIgnoreCase(authority(origin));
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
