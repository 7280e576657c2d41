package io.physiowave.streaming.stabilise;

import io.physiowave.core.label.LabelEvent;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What is known of labels, below {@code physiowave}:
 *
 * <ul>
 *   <li>{@code labelsOut}, of which {@code labelsUnclassifiable}
 *   <li>{@code latencyMillis}: from the arrival in Kafka of the frame that completed the window to
 *       the label's leaving the job
 * </ul>
 */
final class LabelMetrics {
  private static final int HISTORY = 1_000;

  private final Counter labelsOut;
  private final Counter labelsUnclassifiable;
  private final Histogram latencyMillis;

  LabelMetrics(MetricGroup operator) {
    MetricGroup group = operator.addGroup("physiowave");
    labelsOut = group.counter("labelsOut");
    labelsUnclassifiable = group.counter("labelsUnclassifiable");
    latencyMillis = group.histogram("latencyMillis", new DescriptiveStatisticsHistogram(HISTORY));
  }

  void count(LabelEvent label) {
    labelsOut.inc();
    if (label.isUnclassifiable()) {
      labelsUnclassifiable.inc();
    }
    latencyMillis.update(
        (label.timing().emittedMicros() - label.timing().lastSampleArrivalMicros()) / 1_000);
  }
}
