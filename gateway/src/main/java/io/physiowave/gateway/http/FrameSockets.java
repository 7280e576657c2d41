package io.physiowave.gateway.http;

import io.physiowave.gateway.access.AccessRules;
import io.physiowave.gateway.access.Grant;
import io.physiowave.gateway.access.SocketAccess;
import io.physiowave.gateway.intake.ByteBudget;
import io.physiowave.gateway.intake.FrameIntake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;

/**
 * The devices that are connected to {@code /v1/stream}.
 *
 * <p>They are Jetty's own WebSockets and not Javalin's, which reads on whether or not a message has
 * been dealt with.
 */
final class FrameSockets {
  static final String PATH = "/v1/stream";

  private final FrameIntake intake;
  private final HttpOptions options;
  private final AccessRules rules;
  private final ByteBudget memory;
  private final Duration patience;
  private final Set<FrameSocket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean leaving;

  /**
   * None yet.
   *
   * @param memory for messages of which parts have come
   * @param patience how long a message may take to come
   */
  FrameSockets(
      FrameIntake intake,
      HttpOptions options,
      AccessRules rules,
      ByteBudget memory,
      Duration patience) {
    this.intake = intake;
    this.options = options;
    this.rules = rules;
    this.memory = memory;
    this.patience = patience;
  }

  void addTo(JettyWebSocketServerContainer container) {
    container.setMaxTextMessageSize(FrameBody.MAXIMUM_TEXT);
    container.addMapping(PATH, this::connect);
  }

  private Object connect(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
    try {
      Optional<Grant> grant = SocketAccess.grant(rules, request, response);
      if (grant.isEmpty()) {
        return null;
      }
      if (leaving || open.size() >= options.maximumSockets()) {
        response.sendError(
            503, leaving ? "the gateway is stopping" : "too many devices are connected");
        return null;
      }
      return new FrameSocket(intake, grant.get(), options.window(), patience, memory, this);
    } catch (IOException e) {
      throw new UncheckedIOException("the answer to an upgrade cannot be written", e);
    }
  }

  /** A device has connected, perhaps while all are leaving. */
  void add(FrameSocket device) {
    open.add(device);
    if (leaving) {
      device.sayGoodbye();
    }
  }

  void remove(FrameSocket device) {
    open.remove(device);
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
