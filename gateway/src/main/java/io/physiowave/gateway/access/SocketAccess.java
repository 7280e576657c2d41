package io.physiowave.gateway.access;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;

/** Whether to let a WebSocket in. */
public final class SocketAccess {
  private SocketAccess() {}

  /**
   * The streams that whoever wants to connect may use; empty for those who may not connect, who are
   * then answered.
   */
  public static Optional<Grant> grant(
      AccessRules rules, JettyServerUpgradeRequest request, JettyServerUpgradeResponse response)
      throws IOException {
    AccessRules.Credentials credentials =
        new AccessRules.Credentials(
            request.getHeader("Host"),
            request.getHeader("Origin"),
            request.getHeader("Authorization"),
            String.join(",", request.getSubProtocols()));
    if (!rules.isFromTrustedPage(credentials)) {
      response.sendForbidden("pages of that site are not trusted; see --allow-origin");
      return Optional.empty();
    }
    Optional<Grant> grant = rules.grant(credentials);
    if (grant.isEmpty()) {
      response.sendError(401, "no token, or one that is not known");
    } else if (request.getSubProtocols().contains(AccessRules.SUBPROTOCOL)) {
      response.setAcceptedSubProtocol(AccessRules.SUBPROTOCOL);
    }
    return grant;
  }
}
