package io.physiowave.streaming.testing;

import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.events.EventBuilder;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.MetricRegistry;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.scope.ScopeFormats;
import org.apache.flink.traces.SpanBuilder;

/** What is registered in Flink's own groups just now, by path, as a reporter is told. */
public final class RegisteredMetrics implements MetricRegistry {
  private final Set<String> paths = new TreeSet<>();

  /** A group of Flink's. */
  public MetricGroup group(String name) {
    return new GenericMetricGroup(this, null, name);
  }

  /** The full names of all metrics. */
  public Set<String> paths() {
    return paths;
  }

  @Override
  public void register(Metric metric, String name, AbstractMetricGroup<?> group) {
    paths.add(group.getMetricIdentifier(name, CharacterFilter.NO_OP_FILTER));
  }

  @Override
  public void unregister(Metric metric, String name, AbstractMetricGroup<?> group) {
    paths.remove(group.getMetricIdentifier(name, CharacterFilter.NO_OP_FILTER));
  }

  @Override
  public void addSpan(SpanBuilder span, AbstractMetricGroup<?> group) {}

  @Override
  public void addEvent(EventBuilder event, AbstractMetricGroup<?> group) {}

  @Override
  public char getDelimiter() {
    return '.';
  }

  @Override
  public int getNumberReporters() {
    return 0;
  }

  @Override
  public ScopeFormats getScopeFormats() {
    return ScopeFormats.fromConfig(new Configuration());
  }
}
