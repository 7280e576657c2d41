package io.physiowave.gateway.labels;

import io.physiowave.gateway.access.AccessRules;
import io.physiowave.gateway.access.Grant;
import io.physiowave.gateway.access.SocketAccess;
import io.physiowave.gateway.intake.ByteBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;

/**
 * Those who listen at {@code /v1/labels?stream=ID}, with the tokens that also send frames: whoever
 * may send for a stream may hear what is said of it.
 */
public final class LabelSockets {
  static final String PATH = "/v1/labels";

  /** What waits for all listeners together, beside the next message of each. */
  private static final long MAXIMUM_BYTES = 32L * 1024 * 1024;

  private final AccessRules rules;
  private final boolean isOpen;
  private final int maximumSockets;
  private final LabelFeeds feeds;
  private final ByteBudget memory = new ByteBudget(MAXIMUM_BYTES);

  /**
   * Listeners to be.
   *
   * @param isOpen false to let nobody listen
   * @param maximumSockets listeners at once, 1 or more
   * @param feeds bring them what is said
   */
  public LabelSockets(AccessRules rules, boolean isOpen, int maximumSockets, LabelFeeds feeds) {
    this.rules = rules;
    this.isOpen = isOpen;
    this.maximumSockets = maximumSockets;
    this.feeds = feeds;
  }

  /** Opens the path. */
  public void addTo(JettyWebSocketServerContainer container) {
    container.addMapping(PATH, this::connect);
  }

  private Object connect(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
    try {
      Optional<Grant> grant = SocketAccess.grant(rules, request, response);
      return grant.isEmpty() ? null : connect(request, response, grant.get());
    } catch (IOException e) {
      throw new UncheckedIOException("the answer to an upgrade cannot be written", e);
    }
  }

  private Object connect(
      JettyServerUpgradeRequest request, JettyServerUpgradeResponse response, Grant grant)
      throws IOException {
    String stream = parameter(request, "stream", "");
    Optional<LabelKind> kind = LabelKind.named(parameter(request, "kind", "labels"));
    String format = parameter(request, "format", "json");
    if (!isOpen) {
      response.sendForbidden("labels are for those who have a token; start me with --tokens");
    } else if (stream.isBlank()) {
      response.sendError(400, "no stream, or several; expected " + PATH + "?stream=ID");
    } else if (kind.isEmpty()) {
      response.sendError(400, "kind is not known; expected labels or events");
    } else if (!List.of("json", "protobuf").contains(format)) {
      response.sendError(400, "format is not known; expected json or protobuf");
    } else if (!grant.allows(stream)) {
      response.sendForbidden("the token is not for that stream");
    } else if (feeds.listeners(kind.get()).isLeaving()) {
      response.sendError(503, "the gateway is stopping");
    } else if (feeds.count() >= maximumSockets) {
      response.sendError(503, "too many listeners are connected");
    } else {
      return new LabelSocket(
          stream, format.equals("protobuf"), feeds.listeners(kind.get()), memory);
    }
    return null;
  }

  /** A parameter's value; blank when it is given several times. */
  private static String parameter(
      JettyServerUpgradeRequest request, String name, String otherwise) {
    List<String> values = request.getParameterMap().getOrDefault(name, List.of(otherwise));
    return values.size() == 1 ? values.get(0) : "";
  }

  /**
   * Takes no more listeners and says goodbye to those there are.
   *
   * @return done when all are gone
   */
  public CompletableFuture<Void> leave() {
    return feeds.leave();
  }
}
