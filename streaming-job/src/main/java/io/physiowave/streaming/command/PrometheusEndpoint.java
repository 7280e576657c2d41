package io.physiowave.streaming.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.flink.configuration.Configuration;

/**
 * The metrics of a job that runs in this process, shown over HTTP by Flink's Prometheus reporter on
 * all of the machine's addresses.
 */
final class PrometheusEndpoint {
  private static final String REPORTER = "metrics.reporter.prometheus.";

  private PrometheusEndpoint() {}

  /**
   * Flink's settings for it, the same as {@code deploy/flink/config.yaml} has for a cluster. Values
   * of labels stay as they are: {@code wrong-key} and {@code +Inf} mean something.
   */
  static Configuration settings(int port) {
    Configuration settings = new Configuration();
    settings.setString(
        REPORTER + "factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    settings.setString(REPORTER + "port", Integer.toString(port));
    settings.setString(REPORTER + "filterLabelValueCharacters", "false");
    return settings;
  }

  /**
   * Looks whether the port is free: Flink itself would only log that it is not.
   *
   * @throws IllegalStateException when another program holds it
   */
  static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new IllegalStateException(
          "--prometheus-port "
              + port
              + " cannot be opened ("
              + e.getMessage()
              + "); choose a free port",
          e);
    }
  }
}
