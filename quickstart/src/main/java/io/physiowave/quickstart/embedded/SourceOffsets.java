package io.physiowave.quickstart.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * How far the Kafka sources of one embedded cluster have read, taken from their own gauges: exact
 * at any moment, while the offsets that they commit to Kafka trail by up to ten seconds once a
 * topic has fallen silent.
 */
final class SourceOffsets implements MetricReporter, AutoCloseable {
  private static final String PREFIX = "metrics.reporter.source-offsets.";
  private static final String IDENTITY = "identity";
  private static final String GAUGE = "currentOffset";
  private static final Map<String, SourceOffsets> LIVING = new ConcurrentHashMap<>();

  private record Source(String topic, int partition) {}

  private final String identity = UUID.randomUUID().toString();
  private final Map<Source, Gauge<?>> gauges = new ConcurrentHashMap<>();

  SourceOffsets() {
    LIVING.put(identity, this);
  }

  /** Makes a cluster report to this instance; Flink creates reporters by the name of a factory. */
  void addTo(Configuration configuration) {
    configuration.setString(PREFIX + "factory.class", SourceOffsetsReporterFactory.class.getName());
    configuration.setString(PREFIX + IDENTITY, identity);
  }

  /** The instance that a factory's properties name. */
  static SourceOffsets of(java.util.Properties properties) {
    return LIVING.get(properties.getProperty(IDENTITY));
  }

  /** Offset of the record that comes next, by partition; 0 where none has been read. */
  Map<Integer, Long> next(String topic) {
    Map<Integer, Long> next = new TreeMap<>();
    gauges.forEach(
        (source, gauge) -> {
          if (source.topic().equals(topic)) {
            next.put(source.partition(), ((Number) gauge.getValue()).longValue() + 1);
          }
        });
    return next;
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (name.equals(GAUGE) && metric instanceof Gauge<?> gauge) {
      gauges.put(source(group), gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (name.equals(GAUGE) && metric instanceof Gauge<?> gauge) {
      gauges.remove(source(group), gauge);
    }
  }

  private static Source source(MetricGroup group) {
    Map<String, String> variables = group.getAllVariables();
    return new Source(
        variables.get("<topic>"), Integer.parseInt(variables.getOrDefault("<partition>", "-1")));
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {
    LIVING.remove(identity);
  }
}
