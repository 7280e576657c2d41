package io.physiowave.streaming.infer;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What inference measures, below {@code physiowave}:
 *
 * <ul>
 *   <li>{@code windowsInferred}: windows put to a model; {@code windowsBypassed}: too bad for it
 *   <li>{@code batches}; {@code batchSize}: windows a call
 *   <li>{@code batchWaitMicros}: from a batch's first window to its call
 *   <li>{@code inferenceMicros}: a call's own time
 * </ul>
 */
final class InferenceMetrics {
  private static final int HISTORY = 1_000;

  private final Counter windowsInferred;
  private final Counter windowsBypassed;
  private final Counter batches;
  private final Histogram batchSize;
  private final Histogram batchWaitMicros;
  private final Histogram inferenceMicros;

  InferenceMetrics(MetricGroup operator) {
    MetricGroup group = operator.addGroup("physiowave");
    windowsInferred = group.counter("windowsInferred");
    windowsBypassed = group.counter("windowsBypassed");
    batches = group.counter("batches");
    batchSize = group.histogram("batchSize", new DescriptiveStatisticsHistogram(HISTORY));
    batchWaitMicros =
        group.histogram("batchWaitMicros", new DescriptiveStatisticsHistogram(HISTORY));
    inferenceMicros =
        group.histogram("inferenceMicros", new DescriptiveStatisticsHistogram(HISTORY));
  }

  void completed(int count, int asked, long waitedNanos, long ranNanos) {
    windowsInferred.inc(asked);
    windowsBypassed.inc((long) count - asked);
    if (asked > 0) {
      batches.inc();
      batchSize.update(asked);
      batchWaitMicros.update(waitedNanos / 1_000);
      inferenceMicros.update(ranNanos / 1_000);
    }
  }
}
