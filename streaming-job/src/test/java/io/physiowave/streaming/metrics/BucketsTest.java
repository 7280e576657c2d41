package io.physiowave.streaming.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class BucketsTest {
  /** Remembers gauges by the value of their group. */
  private static final class Recorder extends UnregisteredMetricsGroup {
    private final Map<String, Gauge<?>> gauges;
    private final String bound;

    Recorder(Map<String, Gauge<?>> gauges, String bound) {
      this.gauges = gauges;
      this.bound = bound;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Recorder(gauges, key + "=" + value);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(bound, gauge);
      return gauge;
    }
  }

  @Test
  void everyBoundCountsTheValuesUpToIt() {
    Map<String, Gauge<?>> gauges = new TreeMap<>();
    Buckets buckets = Buckets.register(new Recorder(gauges, ""), "x", 10, 20);
    for (long value : new long[] {-5, 10, 11, 20, 21, Long.MAX_VALUE}) {
      buckets.update(value);
    }

    assertThat(gauges).containsOnlyKeys("le=10", "le=20", "le=+Inf");
    assertThat(gauges.get("le=10").getValue()).isEqualTo(2L);
    assertThat(gauges.get("le=20").getValue()).isEqualTo(4L);
    assertThat(gauges.get("le=+Inf").getValue()).isEqualTo(6L);
  }
}
