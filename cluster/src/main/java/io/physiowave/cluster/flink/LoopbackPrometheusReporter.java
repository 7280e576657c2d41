package io.physiowave.cluster.flink;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;

/**
 * Flink's metrics for Prometheus on the loopback address. Flink's own reporter listens on every
 * address of the machine and cannot be told otherwise.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {
  private final HTTPServer server;

  /**
   * Listens from now on.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException when the port cannot be opened
   */
  LoopbackPrometheusReporter(int port) {
    try {
      server =
          new HTTPServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port), registry(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot show metrics on loopback port " + port, e);
    }
  }

  /** What Flink collects the metrics in; Flink shows it to its own package only. */
  private CollectorRegistry registry() {
    try {
      Field field = AbstractPrometheusReporter.class.getDeclaredField("registry");
      field.setAccessible(true);
      return (CollectorRegistry) field.get(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of Flink keeps its metrics elsewhere", e);
    }
  }

  /** Where it listens. */
  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.stop();
    super.close();
  }
}
