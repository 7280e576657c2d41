package io.physiowave.streaming.decode;

import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.PlanFit;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.options.DecodeOptions;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes records and lets through the frames that a model can use; everything else goes to {@link
 * RejectedFrame#TAG}. Nothing that a device sends stops the job.
 *
 * <p>Metrics, below {@code physiowave}: {@code framesIn}, {@code samplesIn} (per channel), and
 * those of {@link RejectionCounters}.
 */
public final class DecodeFrames extends ProcessFunction<FrameRecord, ArrivedFrame> {
  private static final long serialVersionUID = 1L;

  private final ModelCatalogue models;
  private final DecodeOptions options;

  private transient WindowPlans plans;
  private transient Counter framesIn;
  private transient Counter samplesIn;
  private transient RejectionCounters rejections;

  public DecodeFrames(ModelCatalogue models, DecodeOptions options) {
    this.models = models;
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    plans = new WindowPlans(models);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    rejections = new RejectionCounters(metrics);
    framesIn = metrics.addGroup("physiowave").counter("framesIn");
    samplesIn = metrics.addGroup("physiowave").counter("samplesIn");
  }

  @Override
  public void processElement(FrameRecord record, Context context, Collector<ArrivedFrame> out) {
    framesIn.inc();
    if (record.value() == null) {
      reject(record, RejectionReason.INVALID, "the record has no value", context);
      return;
    }
    if (record.value().length > options.maximumFrameBytes()) {
      reject(
          record,
          RejectionReason.OVERSIZED,
          "the record has "
              + record.value().length
              + " bytes; expected at most "
              + options.maximumFrameBytes()
              + ": send shorter frames",
          context);
      return;
    }
    SignalFrame frame;
    try {
      frame = SignalFrameCodec.decode(record.value());
    } catch (InvalidFrameException e) {
      reject(record, RejectionReason.INVALID, e.getMessage(), context);
      return;
    }
    if (!frame.streamId().equals(record.keyText())) {
      reject(
          record,
          RejectionReason.WRONG_KEY,
          "the record's key is "
              + (record.key() == null ? "missing" : "'" + record.keyText() + "'")
              + "; expected the stream id '"
              + frame.streamId()
              + "'",
          context);
      return;
    }
    PlanFit fit = plans.fit(frame);
    if (!fit.fits()) {
      RejectionReason reason =
          fit.model().isEmpty() ? RejectionReason.NO_MODEL : RejectionReason.MODEL_MISMATCH;
      reject(record, reason, fit.refusal(), context);
      return;
    }
    samplesIn.inc(frame.sampleCount());
    out.collect(new ArrivedFrame(frame, record));
  }

  private void reject(FrameRecord record, RejectionReason reason, String message, Context context) {
    rejections.count(reason);
    context.output(RejectedFrame.TAG, new RejectedFrame(record, reason, message));
  }
}
