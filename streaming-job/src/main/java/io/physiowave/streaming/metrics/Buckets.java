package io.physiowave.streaming.metrics;

import java.util.Arrays;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * A histogram in the form that Prometheus can add up over subtasks: for each bound the number of
 * values up to it. Flink's own histogram gives quantiles of one subtask, of which none can be
 * computed for the whole job.
 *
 * <p>Registers {@code <name>} under the key {@code le} for each bound and for {@code +Inf}; the
 * Prometheus reporter makes of it {@code ..._le_<name>{le="<bound>"}}, on which {@code
 * histogram_quantile} works. Written by one thread; a reporter may read a value late.
 */
public final class Buckets {
  private final long[] bounds;
  private final long[] counts;

  private Buckets(long[] bounds) {
    this.bounds = bounds;
    counts = new long[bounds.length + 1];
  }

  /**
   * Registers the buckets.
   *
   * @param group where to
   * @param name of the metric, e.g. {@code latencyMillisBucket}
   * @param bounds upper bounds, rising, in the metric's unit
   */
  public static Buckets register(MetricGroup group, String name, long... bounds) {
    Buckets buckets = new Buckets(bounds.clone());
    for (int i = 0; i <= bounds.length; i++) {
      int last = i;
      String bound = i < bounds.length ? Long.toString(bounds[i]) : "+Inf";
      group
          .addGroup("le", bound)
          .gauge(name, (Gauge<Long>) () -> Arrays.stream(buckets.counts, 0, last + 1).sum());
    }
    return buckets;
  }

  /** Counts a value. */
  public void update(long value) {
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts[i]++;
  }
}
