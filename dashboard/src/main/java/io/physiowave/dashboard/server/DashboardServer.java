package io.physiowave.dashboard.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.physiowave.connectors.web.OriginCheck;
import io.physiowave.connectors.web.PortUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The live page: waveforms, labels, latest episodes, rhythm and rates of every stream.
 *
 * <pre>{@code
 * try (DashboardServer server =
 *     DashboardServer.start(DashboardOptions.local(8080, "localhost:9092"))) {
 *   ...  // http://localhost:8080
 * }
 * }</pre>
 *
 * <p>It serves the page at {@code /}, a WebSocket at {@code /live}, all streams as JSON at {@code
 * /api/streams}, and {@code /health}: 200 while Kafka answers, otherwise 503. Neither Kafka nor the
 * topics need to be there when it starts. Memory is bounded whatever the number of streams and
 * however slow a browser is.
 */
public final class DashboardServer implements AutoCloseable {
  private static final String WATCHER = "watcher";

  /**
   * Not at the top of the class path, where Flink has its own page when both run in one process.
   */
  private static final String PAGE = "/io/physiowave/dashboard/page";

  /** Every file comes from this server, and none of it may be framed or sniffed. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none';"
              + " base-uri 'none'; form-action 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-cache");

  private final DashboardOptions options;
  private final OriginCheck originCheck;
  private final TopicReader reader;
  private final Broadcast broadcast;
  private final Javalin web;

  private DashboardServer(DashboardOptions options) {
    this.options = options;
    this.originCheck = new OriginCheck(options.host());
    StreamBoard board = new StreamBoard();
    this.reader = new TopicReader(options, board);
    this.broadcast = new Broadcast(options, board, reader);
    this.web = Javalin.create(this::configure);
  }

  /**
   * Starts serving and returns when the page can be fetched.
   *
   * @throws PortUnavailableException when the port cannot be listened on
   */
  public static DashboardServer start(DashboardOptions options) {
    DashboardServer server = new DashboardServer(options);
    try {
      server.web.start();
    } catch (JavalinBindException e) {
      server.close();
      throw new PortUnavailableException("the dashboard", options.host(), options.port(), e);
    }
    server.reader.start();
    server.broadcast.start();
    return server;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.host = options.host();
    config.jetty.port = options.port();
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxTextMessageSize(Messages.MAXIMUM_REQUEST);
          factory.setIdleTimeout(Duration.ofMinutes(1));
        });
    config.staticFiles.add(
        files -> {
          files.directory = PAGE;
          files.location = Location.CLASSPATH;
          files.headers = HEADERS;
        });
    config.routes.before(this::requireOrigin);
    config.routes.wsBeforeUpgrade(this::requireOrigin);
    config.routes.get("/api/streams", this::streams);
    config.routes.get("/health", this::health);
    config.routes.ws("/live", this::live);
  }

  private void requireOrigin(Context request) {
    if (!originCheck.allows(request.header("Host"), request.header("Origin"))) {
      throw new ForbiddenResponse("this page is served to http://" + options.host() + " only");
    }
  }

  private void streams(Context request) {
    request.contentType("application/json").result(Messages.json(broadcast.status(0)));
  }

  private void health(Context request) {
    request
        .status(reader.connected() ? 200 : 503)
        .contentType("application/json")
        .result(Messages.json(Map.of("kafka", reader.connected() ? "connected" : "waiting")));
  }

  private void live(WsConfig socket) {
    socket.onConnect(this::join);
    socket.onMessage(
        message -> {
          Watcher watcher = message.attribute(WATCHER);
          try {
            if (watcher != null) {
              broadcast.watch(watcher, Messages.watched(message.message()));
            }
          } catch (IllegalArgumentException e) {
            message.closeSession(1007, e.getMessage());
          }
        });
    socket.onClose(this::leave);
    socket.onError(this::leave);
  }

  private void join(WsContext browser) {
    Optional<Watcher> watcher = broadcast.join(browser.session);
    if (watcher.isEmpty()) {
      browser.closeSession(1013, "too many pages are open");
      return;
    }
    browser.attribute(WATCHER, watcher.get());
    browser.enableAutomaticPings(20, TimeUnit.SECONDS);
  }

  private void leave(WsContext browser) {
    Watcher watcher = browser.attribute(WATCHER);
    if (watcher != null) {
      broadcast.leave(watcher);
    }
  }

  /** The port it listens on. */
  public int port() {
    return web.port();
  }

  /** Address of the page. */
  public String address() {
    return "http://" + options.host() + ":" + port();
  }

  /** Stops serving and reading. */
  @Override
  public void close() {
    broadcast.close();
    reader.close();
    web.stop();
  }
}
