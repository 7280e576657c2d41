package io.physiowave.quickstart.embedded;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Hands Flink the {@link SourceOffsets} of the cluster that asks. */
public final class SourceOffsetsReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return SourceOffsets.of(properties);
  }
}
