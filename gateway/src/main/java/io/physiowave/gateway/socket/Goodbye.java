package io.physiowave.gateway.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Why the gateway closes a WebSocket: the code is 3,000 more than that of RFC 6455, section 7.4.1,
 * for the same.
 *
 * <p>Not the RFC's own: after those Jetty closes the connection in the same moment, and one that is
 * closed with bytes unread is reset, so that who is sending loses the code. After a code of one's
 * own (4000 to 4999) it waits until the other side says goodbye, too.
 */
public enum Goodbye {
  /** The gateway stops. */
  GOING_AWAY(4001),
  /** A message is too long. */
  TOO_BIG(4009),
  /** There is no room at present. */
  TRY_AGAIN_LATER(4013);

  private static final long PATIENCE_SECONDS = 10;

  private final int code;

  Goodbye(int code) {
    this.code = code;
  }

  /**
   * Says it, after what is being written, and breaks off if no goodbye comes back for {@value
   * #PATIENCE_SECONDS} s. Until then the session must be read.
   *
   * @param reason what the other side can do, at most 123 bytes of UTF-8
   */
  public void say(Session session, String reason) {
    session.close(code, reason, Callback.NOOP);
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(session::disconnect);
  }
}
