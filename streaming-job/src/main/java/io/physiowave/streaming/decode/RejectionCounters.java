package io.physiowave.streaming.decode;

import io.physiowave.core.frame.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts rejected frames: {@code physiowave.rejected} in all and {@code
 * physiowave.reason.<code>.rejected} for each reason.
 */
public final class RejectionCounters {
  private final Counter all;
  private final Map<RejectionReason, Counter> byReason = new EnumMap<>(RejectionReason.class);

  /**
   * Registers the counters.
   *
   * @param operator the station's metric group
   */
  public RejectionCounters(MetricGroup operator) {
    MetricGroup group = operator.addGroup("physiowave");
    all = group.counter("rejected");
    for (RejectionReason reason : RejectionReason.values()) {
      byReason.put(reason, group.addGroup("reason", reason.code()).counter("rejected"));
    }
  }

  /** Counts one. */
  public void count(RejectionReason reason) {
    all.inc();
    byReason.get(reason).inc();
  }
}
