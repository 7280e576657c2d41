package io.physiowave.streaming.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.events.EventBuilder;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.MetricRegistry;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.scope.ScopeFormats;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.traces.SpanBuilder;

/** What is registered in Flink's own groups just now, by path, as a reporter is told. */
public final class RegisteredMetrics implements MetricRegistry {
  private final Map<String, Metric> metrics = new TreeMap<>();

  /** A group of Flink's. */
  public MetricGroup group(String name) {
    return new GenericMetricGroup(this, null, name);
  }

  /** The full names of all metrics. */
  public Set<String> paths() {
    return metrics.keySet();
  }

  /** What a harness gives to an operator whose metrics are to be seen here. */
  public MockEnvironment environment() {
    TaskMetricGroup task =
        TaskManagerMetricGroup.createTaskManagerMetricGroup(
                this, "localhost", ResourceID.generate())
            .addJob(new JobID(), "job")
            .addTask(ExecutionAttemptID.randomId(), "task");
    return new MockEnvironmentBuilder().setTaskName("task").setMetricGroup(task).build();
  }

  /** What an operator's counter below {@code physiowave} says. */
  public long count(String name) {
    return ((Counter) metric(name)).getCount();
  }

  /** What an operator's gauge below {@code physiowave} says. */
  public long gauge(String name) {
    return ((Number) ((Gauge<?>) metric(name)).getValue()).longValue();
  }

  private Metric metric(String name) {
    return metrics.entrySet().stream()
        .filter(metric -> metric.getKey().endsWith(".physiowave." + name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name + "; there are " + paths()));
  }

  @Override
  public void register(Metric metric, String name, AbstractMetricGroup<?> group) {
    metrics.put(group.getMetricIdentifier(name, CharacterFilter.NO_OP_FILTER), metric);
  }

  @Override
  public void unregister(Metric metric, String name, AbstractMetricGroup<?> group) {
    metrics.remove(group.getMetricIdentifier(name, CharacterFilter.NO_OP_FILTER));
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
