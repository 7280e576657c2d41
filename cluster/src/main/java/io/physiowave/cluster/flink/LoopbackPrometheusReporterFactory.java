package io.physiowave.cluster.flink;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** How a Flink process finds {@link LoopbackPrometheusReporter}: by a service's entry. */
public final class LoopbackPrometheusReporterFactory implements MetricReporterFactory {
  /** Option: the port, 1 to 65535. */
  static final String PORT = "port";

  @Override
  public LoopbackPrometheusReporter createMetricReporter(Properties properties) {
    return new LoopbackPrometheusReporter(Integer.parseInt(properties.getProperty(PORT)));
  }
}
