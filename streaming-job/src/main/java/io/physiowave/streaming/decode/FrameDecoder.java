package io.physiowave.streaming.decode;

import io.physiowave.core.frame.FrameAdmission;
import io.physiowave.core.frame.RefusedFrameException;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.options.DecodeOptions;
import io.physiowave.streaming.trace.StationTraces;
import io.physiowave.streaming.types.TopicRecord;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Makes frames of records; hears which records are no frame of their stream. Nothing that a device
 * sends stops the job.
 *
 * <p>Metrics, below {@code physiowave}:
 *
 * <ul>
 *   <li>{@code framesIn}: records read; {@code framesOut}: frames decoded
 *   <li>{@code samplesIn}: samples of the frames decoded, per channel
 * </ul>
 */
public final class FrameDecoder {
  private final FrameAdmission admission;
  private final Counter framesIn;
  private final Counter framesOut;
  private final Counter samplesIn;

  /**
   * Registers the counters.
   *
   * @param operator the station's metric group
   */
  public FrameDecoder(DecodeOptions options, MetricGroup operator) {
    admission = new FrameAdmission(options.maximumFrameBytes());
    MetricGroup group = operator.addGroup("physiowave");
    framesIn = group.counter("framesIn");
    framesOut = group.counter("framesOut");
    samplesIn = group.counter("samplesIn");
  }

  /** Hears what cannot be used. */
  @FunctionalInterface
  public interface Rejections {
    /**
     * A record cannot be used.
     *
     * @param message for people
     */
    void rejected(TopicRecord record, RejectionReason reason, String message);
  }

  /** The frame in a record; empty when it was rejected. */
  public Optional<ArrivedFrame> decode(TopicRecord record, Rejections rejections) {
    framesIn.inc();
    long startMicros = record.isTraced() ? StationTraces.nowMicros() : 0;
    SignalFrame frame;
    try {
      frame = admission.admit(record.value());
    } catch (RefusedFrameException e) {
      rejections.rejected(record, e.reason(), e.getMessage());
      return Optional.empty();
    }
    if (record.key() == null || !frame.streamId().equals(record.keyText())) {
      rejections.rejected(
          record,
          RejectionReason.WRONG_KEY,
          "the record's key is "
              + (record.key() == null ? "missing" : "'" + record.keyText() + "'")
              + "; expected the stream id '"
              + frame.streamId()
              + "'");
      return Optional.empty();
    }
    framesOut.inc();
    samplesIn.inc(frame.sampleCount());
    return Optional.of(
        new ArrivedFrame(frame, record.isTraced() ? traced(record, startMicros) : record));
  }

  /** Two spans: from the broker's clock to here, and decoding itself. */
  private static TopicRecord traced(TopicRecord record, long startMicros) {
    String arrived =
        StationTraces.record(
            "kafka", record.traceparent(), record.arrivalMillis() * 1000, startMicros);
    return record.at(
        StationTraces.record("decode", arrived, startMicros, StationTraces.nowMicros()));
  }
}
