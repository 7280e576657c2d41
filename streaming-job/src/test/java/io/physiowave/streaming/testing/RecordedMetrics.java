package io.physiowave.streaming.testing;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A group that keeps what is registered below it, by path. */
public final class RecordedMetrics extends UnregisteredMetricsGroup {
  private final Map<String, Metric> metrics;
  private final String path;

  /** A group without metrics. */
  public RecordedMetrics() {
    this(new TreeMap<>(), "");
  }

  private RecordedMetrics(Map<String, Metric> metrics, String path) {
    this.metrics = metrics;
    this.path = path;
  }

  @Override
  public MetricGroup addGroup(String name) {
    return new RecordedMetrics(metrics, path + name + ".");
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return addGroup(key).addGroup(value);
  }

  @Override
  public Counter counter(String name) {
    Counter counter = new SimpleCounter();
    metrics.put(path + name, counter);
    return counter;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    metrics.put(path + name, gauge);
    return gauge;
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    metrics.put(path + name, histogram);
    return histogram;
  }

  /** What a counter says. */
  public long count(String name) {
    return ((Counter) metric(name)).getCount();
  }

  /** What a gauge says. */
  public long gauge(String name) {
    return ((Number) ((Gauge<?>) metric(name)).getValue()).longValue();
  }

  /** The values of a histogram, of which there were few. */
  public long[] values(String name) {
    return ((Histogram) metric(name)).getStatistics().getValues();
  }

  private Metric metric(String name) {
    Metric metric = metrics.get(path + name);
    if (metric == null) {
      throw new AssertionError("no metric " + path + name + "; there are " + metrics.keySet());
    }
    return metric;
  }
}
