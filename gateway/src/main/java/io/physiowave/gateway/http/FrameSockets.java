package io.physiowave.gateway.http;

import io.physiowave.gateway.access.AccessRules;
import io.physiowave.gateway.access.Grant;
import io.physiowave.gateway.intake.ByteBudget;
import io.physiowave.gateway.intake.FrameIntake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;

/**
 * The devices that are connected to {@code /v1/stream}.
 *
 * <p>They are Jetty's own WebSockets and not Javalin's, which reads on whether or not a message has
 * been dealt with.
 */
final class FrameSockets {
  static final String PATH = "/v1/stream";

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final FrameIntake intake;
  private final HttpOptions options;
  private final AccessRules rules;
  private final ByteBudget memory;
  private final Set<FrameSocket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean leaving;

  FrameSockets(FrameIntake intake, HttpOptions options, AccessRules rules, ByteBudget memory) {
    this.intake = intake;
    this.options = options;
    this.rules = rules;
    this.memory = memory;
  }

  void addTo(ServletContextHandler handler) {
    JettyWebSocketServletContainerInitializer.configure(
        handler,
        (context, container) -> {
          container.setIdleTimeout(IDLE);
          container.setMaxTextMessageSize(FrameBody.MAXIMUM_TEXT);
          container.addMapping(PATH, this::connect);
        });
  }

  private Object connect(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
    AccessRules.Credentials credentials =
        new AccessRules.Credentials(
            request.getHeader("Host"),
            request.getHeader("Origin"),
            request.getHeader("Authorization"),
            String.join(",", request.getSubProtocols()));
    try {
      if (!rules.isFromTrustedPage(credentials)) {
        response.sendForbidden("pages of that site are not trusted; see --allow-origin");
        return null;
      }
      Optional<Grant> grant = rules.grant(credentials);
      if (grant.isEmpty()) {
        response.sendError(401, "no token, or one that is not known");
        return null;
      }
      if (leaving || open.size() >= options.maximumSockets()) {
        response.sendError(
            503, leaving ? "the gateway is stopping" : "too many devices are connected");
        return null;
      }
      if (request.getSubProtocols().contains(AccessRules.SUBPROTOCOL)) {
        response.setAcceptedSubProtocol(AccessRules.SUBPROTOCOL);
      }
      return new FrameSocket(intake, grant.get(), options.window(), memory, open);
    } catch (IOException e) {
      throw new UncheckedIOException("the answer to an upgrade cannot be written", e);
    }
  }

  /** Devices that are connected. */
  int count() {
    return open.size();
  }

  /**
   * Takes no more frames, and says goodbye to each device once its frames are answered.
   *
   * @return done when all are gone
   */
  CompletableFuture<Void> leave() {
    leaving = true;
    return CompletableFuture.allOf(
        open.stream().map(FrameSocket::leave).toArray(CompletableFuture[]::new));
  }
}
