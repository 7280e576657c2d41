package io.physiowave.training.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on this machine whose faults are set file by file. */
final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private boolean ranges = true;

  /** What goes wrong with one request. */
  @FunctionalInterface
  interface Fault {
    /** Answers the request. */
    void answer(HttpExchange exchange, byte[] content) throws IOException;
  }

  TestServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
  }

  void put(String path, byte[] content) {
    files.put("/" + path, content);
  }

  void withoutRanges() {
    ranges = false;
  }

  /** The next requests of a file go wrong in turn. */
  synchronized void fail(String path, Fault... inTurn) {
    faults.put("/" + path, new ArrayDeque<>(List.of(inTurn)));
  }

  /** Sends so many bytes of what was asked for and cuts the connection. */
  static Fault cutAfter(int bytes) {
    return (exchange, content) -> {
      int from = from(exchange);
      begin(exchange, content, from);
      exchange.getResponseBody().write(content, from, Math.min(bytes, content.length - from));
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  static Fault status(int code) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(code, -1);
      exchange.close();
    };
  }

  static Fault other(byte[] wrong) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, wrong.length);
      exchange.getResponseBody().write(wrong);
      exchange.close();
    };
  }

  /** Requests so far: path, a blank, and the Range header if there was one. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized Fault next(String path) {
    Deque<Fault> left = faults.get(path);
    return left == null ? null : left.poll();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? path : path + " " + range);
    byte[] content = files.get(path);
    Fault fault = next(path);
    if (fault != null) {
      fault.answer(exchange, content);
    } else if (content == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      int from = ranges ? from(exchange) : 0;
      begin(exchange, content, from);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(content, from, content.length - from);
      }
    }
    exchange.close();
  }

  private static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  private static void begin(HttpExchange exchange, byte[] content, int from) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"v" + Arrays.hashCode(content) + "\"");
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
