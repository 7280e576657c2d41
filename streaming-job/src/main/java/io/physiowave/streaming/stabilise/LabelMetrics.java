package io.physiowave.streaming.stabilise;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.metrics.Buckets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What is known of labels, below {@code physiowave}:
 *
 * <ul>
 *   <li>{@code labelsOut}, of which {@code labelsUnclassifiable}, and {@code
 *       cause.<code>.labelsUnclassifiable} for each {@link Unclassifiable}
 *   <li>{@code latencyMillis}: from the arrival in Kafka of the frame that completed the window to
 *       the label's leaving the job, a histogram of this subtask; {@code le.<millis>.
 *       latencyMillisBucket}: the same as counts that add up over subtasks
 *   <li>{@code lastLabelAgeMillis}: time since this subtask's last label; since its start before
 *       the first
 *   <li>{@code shadowCompared}: windows that a shadow answered too, of which {@code shadowAgreed}
 *       with the same label
 * </ul>
 */
final class LabelMetrics {
  private static final int HISTORY = 1_000;
  private static final long[] LATENCY_BOUNDS_MILLIS = {
    5, 10, 20, 30, 50, 75, 100, 125, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 60_000
  };

  private final Counter labelsOut;
  private final Counter labelsUnclassifiable;
  private final Map<Unclassifiable, Counter> byCause = new EnumMap<>(Unclassifiable.class);
  private final Histogram latencyMillis;
  private final Buckets latencyBuckets;
  private volatile long lastLabelMillis = System.currentTimeMillis();
  private final Counter shadowCompared;
  private final Counter shadowAgreed;

  LabelMetrics(MetricGroup operator) {
    MetricGroup group = operator.addGroup("physiowave");
    labelsOut = group.counter("labelsOut");
    labelsUnclassifiable = group.counter("labelsUnclassifiable");
    for (Unclassifiable cause : Unclassifiable.values()) {
      byCause.put(cause, group.addGroup("cause", cause.code()).counter("labelsUnclassifiable"));
    }
    shadowCompared = group.counter("shadowCompared");
    shadowAgreed = group.counter("shadowAgreed");
    latencyMillis = group.histogram("latencyMillis", new DescriptiveStatisticsHistogram(HISTORY));
    latencyBuckets = Buckets.register(group, "latencyMillisBucket", LATENCY_BOUNDS_MILLIS);
    group.gauge(
        "lastLabelAgeMillis",
        (Gauge<Long>) () -> Math.max(0, System.currentTimeMillis() - lastLabelMillis));
  }

  void count(LabelComparison comparison) {
    shadowCompared.inc();
    if (comparison.agrees()) {
      shadowAgreed.inc();
    }
  }

  /**
   * Counts a label.
   *
   * @param cause why it is UNCLASSIFIABLE; null when it is not
   */
  void count(LabelEvent label, Unclassifiable cause) {
    labelsOut.inc();
    if (cause != null) {
      labelsUnclassifiable.inc();
      byCause.get(cause).inc();
    }
    long latency =
        (label.timing().emittedMicros() - label.timing().lastSampleArrivalMicros()) / 1_000;
    latencyMillis.update(latency);
    latencyBuckets.update(latency);
    lastLabelMillis = label.timing().emittedMicros() / 1_000;
  }
}
