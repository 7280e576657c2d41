package io.physiowave.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A collector that keeps what OTLP over HTTP brings to {@code /v1/traces}. Messages are read by
 * field number, as opentelemetry-proto's trace.proto has them.
 */
public final class OtlpCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  private OtlpCollector(HttpServer server) {
    this.server = server;
  }

  /** A span as it came. */
  public record Span(
      String service,
      String traceId,
      String spanId,
      String parentId,
      String name,
      long startNanos,
      long endNanos) {}

  /** Starts one on a free port of loopback. */
  public static OtlpCollector start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpCollector collector = new OtlpCollector(server);
    server.createContext("/v1/traces", collector::take);
    server.start();
    return collector;
  }

  /** For {@code otel.exporter.otlp.endpoint}. */
  public String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The spans that have come. */
  public List<Span> spans() {
    return List.copyOf(spans);
  }

  private void take(HttpExchange exchange) throws IOException {
    UnknownFieldSet request = UnknownFieldSet.parseFrom(exchange.getRequestBody());
    for (UnknownFieldSet resourceSpans : messages(request, 1)) {
      String service = "";
      for (UnknownFieldSet resource : messages(resourceSpans, 1)) {
        for (UnknownFieldSet attribute : messages(resource, 1)) {
          if (text(attribute, 1).equals("service.name")) {
            service = text(messages(attribute, 2).get(0), 1);
          }
        }
      }
      for (UnknownFieldSet scopeSpans : messages(resourceSpans, 2)) {
        for (UnknownFieldSet span : messages(scopeSpans, 2)) {
          spans.add(
              new Span(
                  service,
                  hexadecimal(span, 1),
                  hexadecimal(span, 2),
                  hexadecimal(span, 4),
                  text(span, 5),
                  span.getField(7).getFixed64List().get(0),
                  span.getField(8).getFixed64List().get(0)));
        }
      }
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field)
      throws IOException {
    List<UnknownFieldSet> parsed = new ArrayList<>();
    for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
      parsed.add(UnknownFieldSet.parseFrom(bytes));
    }
    return parsed;
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
  }

  private static String hexadecimal(UnknownFieldSet message, int field) {
    List<ByteString> bytes = message.getField(field).getLengthDelimitedList();
    return bytes.isEmpty() ? "" : HexFormat.of().formatHex(bytes.get(0).toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
