package io.physiowave.gateway.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.physiowave.connectors.web.PortUnavailableException;
import io.physiowave.gateway.access.AccessRules;
import io.physiowave.gateway.access.Grant;
import io.physiowave.gateway.intake.ByteBudget;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.Refusal;
import io.physiowave.gateway.labels.LabelSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway on the web: {@code POST /v1/frames}, WebSockets at {@code /v1/stream} for frames and
 * at {@code /v1/labels} for what is said of them, and for operators {@code GET /healthz} and {@code
 * GET /metrics}.
 *
 * <pre>{@code
 * try (GatewayServer server = GatewayServer.start(HttpOptions.local(8090), intake, parts)) {
 *   ...  // http://localhost:8090
 * }
 * }</pre>
 *
 * <p>Memory is bounded whatever comes: what is in hand takes at most {@value
 * #MAXIMUM_BYTES_IN_HAND} bytes, and what is beyond is told to come again.
 */
public final class GatewayServer implements AutoCloseable {
  /** Bytes of bodies and messages in hand. */
  static final long MAXIMUM_BYTES_IN_HAND = 64_000_000;

  /** Threads that may wait for bodies, of the 250 that serve everybody. */
  private static final int BODY_READERS = 128;

  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
  private static final long IDLE_MILLIS = 30_000;
  private static final Duration SOCKET_IDLE = Duration.ofMinutes(1);

  /** How long a body or a message may take to come: 4 MB with 270 kbit/s. */
  private static final Duration BODY_PATIENCE = Duration.ofMinutes(2);

  private static final long STOP_MILLIS = 5_000;

  /** As long as a goodbye is waited for: who is cut off before loses it. */
  private static final long GOODBYE_SECONDS = 10;

  private final HttpOptions options;
  private final AccessRules rules;
  private final FramePost frames;
  private final UnreadBody unread;
  private final FrameSockets sockets;
  private final LabelSockets labels;
  private final GatewayHealth health;
  private final GatewayMetrics metrics;
  private final Javalin web;
  private volatile boolean stopping;
  private volatile CompletableFuture<Void> devicesGone = CompletableFuture.completedFuture(null);

  private GatewayServer(
      HttpOptions options, FrameIntake intake, GatewayParts parts, Duration bodyPatience) {
    this.options = options;
    rules = options.rules();
    ByteBudget memory = new ByteBudget(MAXIMUM_BYTES_IN_HAND);
    Semaphore readers = new Semaphore(BODY_READERS);
    frames = new FramePost(intake, memory, readers, bodyPatience);
    unread = new UnreadBody(readers);
    sockets = new FrameSockets(intake, options, rules, memory, bodyPatience);
    labels =
        new LabelSockets(rules, options.servesLabels(), options.maximumSockets(), parts.labels());
    health = new GatewayHealth(parts);
    metrics = new GatewayMetrics(parts, sockets::count);
    web = Javalin.create(this::configure);
  }

  /**
   * Starts serving and returns when devices can connect.
   *
   * @throws PortUnavailableException when the port cannot be listened on
   */
  public static GatewayServer start(HttpOptions options, FrameIntake intake, GatewayParts parts) {
    return start(options, intake, parts, BODY_PATIENCE);
  }

  static GatewayServer start(
      HttpOptions options, FrameIntake intake, GatewayParts parts, Duration bodyPatience) {
    GatewayServer server = new GatewayServer(options, intake, parts, bodyPatience);
    try {
      server.web.start();
    } catch (JavalinBindException e) {
      server.web.stop();
      throw new PortUnavailableException("the gateway", options.host(), options.port(), e);
    }
    return server;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.host = options.host();
    config.jetty.port = options.port();
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(new GracefulHandler());
          server.setStopTimeout(STOP_MILLIS);
        });
    config.jetty.modifyHttpConfiguration(http -> http.setIdleTimeout(IDLE_MILLIS));
    config.jetty.modifyServletContextHandler(this::openSockets);
    config.routes.before(this::requireTrustedPage);
    config.routes.options("/v1/*", request -> request.status(204));
    config.routes.post("/v1/frames", this::post);
    config.routes.get("/healthz", this::health);
    config.routes.get("/metrics", request -> request.future(() -> metrics.answer(request)));
    config.routes.after(unread::discard);
  }

  private void openSockets(ServletContextHandler handler) {
    JettyWebSocketServletContainerInitializer.configure(
        handler,
        (context, container) -> {
          container.setIdleTimeout(SOCKET_IDLE);
          sockets.addTo(container);
          labels.addTo(container);
        });
  }

  private void requireTrustedPage(Context request) {
    String origin = request.header("Origin");
    if (!rules.isFromTrustedPage(credentials(request))) {
      FramePost.refuse(
          request,
          403,
          Refusal.FOREIGN_ORIGIN,
          "Origin is '"
              + origin
              + "', Host is '"
              + request.header("Host")
              + "'; expected a page of this server, or of one that --allow-origin names");
      unread.discard(request);
      request.skipRemainingHandlers();
    } else if (rules.trusts(origin)) {
      request.header("Access-Control-Allow-Origin", origin);
      request.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
      request.header("Access-Control-Allow-Methods", "GET, POST");
      request.header("Access-Control-Max-Age", "600");
      request.header("Vary", "Origin");
    }
  }

  private void post(Context request) throws IOException {
    if (stopping) {
      FramePost.postpone(request, "the gateway is stopping");
      return;
    }
    Optional<Grant> grant = rules.grant(credentials(request));
    if (grant.isEmpty()) {
      request.header("WWW-Authenticate", "Bearer");
      FramePost.refuse(
          request,
          401,
          Refusal.UNAUTHORIZED,
          "the request has no token, or one that is not known; expected the header Authorization:"
              + " Bearer TOKEN");
      return;
    }
    frames.handle(request, grant.get());
  }

  private void health(Context request) {
    request.future(
        () ->
            health
                .report(stopping ? "stopping" : null, sockets.count())
                .thenAccept(
                    report ->
                        request
                            .status(report.isHealthy() ? 200 : 503)
                            .contentType("application/json")
                            .result(report.json())));
  }

  private static AccessRules.Credentials credentials(Context request) {
    return new AccessRules.Credentials(
        request.header("Host"), request.header("Origin"), request.header("Authorization"), null);
  }

  /** The port it listens on. */
  public int port() {
    return web.port();
  }

  /** Its address. */
  public String address() {
    return "http://" + options.host() + ":" + port();
  }

  /**
   * Takes no more frames and says so to whoever asks, so that nobody new is sent here; devices on
   * WebSockets are let go as soon as their frames are answered.
   */
  public void stopTaking() {
    stopping = true;
    devicesGone = CompletableFuture.allOf(devicesGone, sockets.leave(), labels.leave());
  }

  /** Gives what was taken a few seconds to be answered, and stops serving. */
  @Override
  public void close() {
    stopTaking();
    try {
      devicesGone.get(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("{} devices are cut off: they do not say goodbye", sockets.count());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      web.stop();
    } catch (JavalinException e) {
      // It has stopped all the same.
      LOG.warn("requests are cut off that did not end within {} ms", STOP_MILLIS, e);
    }
  }
}
