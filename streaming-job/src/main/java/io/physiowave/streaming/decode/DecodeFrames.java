package io.physiowave.streaming.decode;

import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.options.DecodeOptions;
import io.physiowave.streaming.trace.StationTraces;
import io.physiowave.streaming.types.TopicRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes records; what is no frame of its stream goes to {@link RejectedFrame#TAG}. Nothing that a
 * device sends stops the job.
 *
 * <p>Metrics, below {@code physiowave}:
 *
 * <ul>
 *   <li>{@code framesIn}: records read; {@code framesOut}: frames handed on
 *   <li>{@code samplesIn}: samples of the frames handed on, per channel
 *   <li>those of {@link RejectionCounters}
 * </ul>
 */
public final class DecodeFrames extends ProcessFunction<TopicRecord, ArrivedFrame> {
  private static final long serialVersionUID = 1L;

  private final DecodeOptions options;
  private final boolean traced;

  private transient StationTraces traces;
  private transient Counter framesIn;
  private transient Counter framesOut;
  private transient Counter samplesIn;
  private transient RejectionCounters rejections;
  private transient RejectionLog rejectionLog;

  /** The station, without traces. */
  public DecodeFrames(DecodeOptions options) {
    this(options, false);
  }

  /**
   * The station.
   *
   * @param traced whether spans are recorded
   */
  public DecodeFrames(DecodeOptions options, boolean traced) {
    this.options = options;
    this.traced = traced;
  }

  @Override
  public void open(OpenContext context) {
    traces = StationTraces.open(traced);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    rejections = new RejectionCounters(metrics);
    rejectionLog = new RejectionLog();
    framesIn = metrics.addGroup("physiowave").counter("framesIn");
    framesOut = metrics.addGroup("physiowave").counter("framesOut");
    samplesIn = metrics.addGroup("physiowave").counter("samplesIn");
  }

  @Override
  public void processElement(TopicRecord record, Context context, Collector<ArrivedFrame> out) {
    framesIn.inc();
    long startMicros = record.isTraced() ? StationTraces.nowMicros() : 0;
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
    framesOut.inc();
    samplesIn.inc(frame.sampleCount());
    out.collect(new ArrivedFrame(frame, record.isTraced() ? traced(record, startMicros) : record));
  }

  /** Two spans: from the broker's clock to here, and decoding itself. */
  private static TopicRecord traced(TopicRecord record, long startMicros) {
    String arrived =
        StationTraces.record(
            "kafka", record.traceparent(), record.arrivalMillis() * 1000, startMicros);
    return record.at(
        StationTraces.record("decode", arrived, startMicros, StationTraces.nowMicros()));
  }

  private void reject(TopicRecord record, RejectionReason reason, String message, Context context) {
    rejections.count(reason);
    rejectionLog.rejected(record, reason, message);
    context.output(RejectedFrame.TAG, new RejectedFrame(record, reason, message));
  }

  @Override
  public void close() {
    if (traces != null) {
      traces.close();
    }
  }
}
