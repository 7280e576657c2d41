package io.physiowave.streaming.infer;

import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * What inference measures, below {@code physiowave}:
 *
 * <ul>
 *   <li>{@code windowsIn}: windows that came; {@code windowsInferred}: put to a model; {@code
 *       windowsBypassed}: too bad for it; {@code windowsFailed}: a model on trial has failed at
 *       them or before. The difference is what gathers or is with a model.
 *   <li>{@code windowsSkipped}: windows that came while a shadow was too slow to take them
 *   <li>{@code batches}; {@code batchSize}: windows a call
 *   <li>{@code batchWaitMicros}: from a batch's first window to its call
 *   <li>{@code inferenceMicros}: a call's own time
 *   <li>{@code model.<name>.version.<version>.sha256.<hash>.modelInfo}: 1 while the model is loaded
 *       here, and none of these four afterwards; {@code ...modelWindows}: windows put to it; {@code
 *       ...modelFailed}: 1 while it is switched off, since it failed on trial; {@code
 *       ...modelCopyMissing}: 1 while the job's store lacks it
 * </ul>
 */
final class InferenceMetrics {
  private static final int HISTORY = 1_000;

  private final MetricGroup group;
  private final InferenceOptions options;
  private final Map<String, OfModel> models = new HashMap<>();
  private final Counter windowsIn;
  private final Counter windowsInferred;
  private final Counter windowsBypassed;
  private final Counter windowsFailed;
  private final Counter windowsSkipped;
  private final Counter batches;
  private final Histogram batchSize;
  private final Histogram batchWaitMicros;
  private final Histogram inferenceMicros;

  /**
   * Registers them.
   *
   * @param options how models are loaded
   */
  InferenceMetrics(MetricGroup operator, InferenceOptions options) {
    this.options = options;
    group = operator.addGroup("physiowave");
    windowsIn = group.counter("windowsIn");
    windowsInferred = group.counter("windowsInferred");
    windowsBypassed = group.counter("windowsBypassed");
    windowsFailed = group.counter("windowsFailed");
    windowsSkipped = group.counter("windowsSkipped");
    batches = group.counter("batches");
    batchSize = group.histogram("batchSize", new DescriptiveStatisticsHistogram(HISTORY));
    batchWaitMicros =
        group.histogram("batchWaitMicros", new DescriptiveStatisticsHistogram(HISTORY));
    inferenceMicros =
        group.histogram("inferenceMicros", new DescriptiveStatisticsHistogram(HISTORY));
  }

  /** What is known of one model while it is loaded. */
  private static final class OfModel {
    private final MetricGroup own;
    private final Counter windows;
    private volatile boolean off;

    OfModel(MetricGroup group, ServedModel model, InferenceOptions options) {
      own =
          group
              .addGroup("model", model.card().name())
              .addGroup("version", model.card().version())
              .addGroup("sha256", model.sha256());
      own.gauge("modelInfo", (Gauge<Integer>) () -> 1);
      own.gauge("modelFailed", (Gauge<Integer>) () -> off ? 1 : 0);
      own.gauge(
          "modelCopyMissing",
          (Gauge<Integer>) () -> LoadedModels.isCopyMissing(model, options) ? 1 : 0);
      windows = own.counter("modelWindows");
    }

    /** Or a job whose models change for months would show them all. */
    void unregister() {
      // The interface has no end; the groups that Flink gives to operators do.
      if (own instanceof AbstractMetricGroup<?> closeable) {
        closeable.close();
      }
    }
  }

  /** A model is loaded. */
  void opened(ServedModel model) {
    models.computeIfAbsent(model.sha256(), sha256 -> new OfModel(group, model, options));
  }

  /** A model is let go. */
  void closed(ServedModel model) {
    models.remove(model.sha256()).unregister();
  }

  /** A model is asked no longer, or again. */
  void switched(ServedModel model, boolean off) {
    models.get(model.sha256()).off = off;
  }

  /** A window came. */
  void arrived() {
    windowsIn.inc();
  }

  /** A shadow was too slow to take a window. */
  void skipped() {
    windowsSkipped.inc();
  }

  /** A batch of a model that failed. */
  void failed(int count, int asked) {
    windowsFailed.inc(asked);
    windowsBypassed.inc((long) count - asked);
  }

  void completed(ServedModel model, int count, int asked, long waitedNanos, long ranNanos) {
    windowsInferred.inc(asked);
    windowsBypassed.inc((long) count - asked);
    if (asked > 0) {
      models.get(model.sha256()).windows.inc(asked);
      batches.inc();
      batchSize.update(asked);
      batchWaitMicros.update(waitedNanos / 1_000);
      inferenceMicros.update(ranNanos / 1_000);
    }
  }
}
