package io.physiowave.quickstart.report;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.quickstart.observe.LabelObserver;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/** Counts what the job says about every stream. Safe for use by several threads. */
public final class Tallies implements LabelObserver {
  private static final long NONE = Long.MAX_VALUE;

  private final Map<String, StreamTally> streams = new ConcurrentHashMap<>();
  private volatile long firstLabelMillis = NONE;

  @Override
  public void onLabel(LabelEvent event, long appendMillis) {
    tally(event.streamId()).add(event, appendMillis);
    firstLabelMillis = Math.min(firstLabelMillis, appendMillis);
  }

  @Override
  public void onRejection(String stream, String reason) {
    tally(stream).addRejection(reason);
  }

  private StreamTally tally(String stream) {
    return streams.computeIfAbsent(stream, name -> new StreamTally());
  }

  /** When the first label reached Kafka, milliseconds since the epoch. */
  public OptionalLong firstLabelMillis() {
    return firstLabelMillis == NONE ? OptionalLong.empty() : OptionalLong.of(firstLabelMillis);
  }

  /** Labels of all streams. */
  public long windows() {
    return streams.values().stream().mapToLong(StreamTally::windows).sum();
  }

  /** Latencies over all streams. */
  public Latency latency() {
    Histogram all = new Histogram(3);
    streams.values().forEach(stream -> stream.addLatenciesTo(all));
    return Latency.of(all);
  }

  /** The most frequent reason why frames of a stream were refused; empty without any. */
  public String commonestRejection(String stream) {
    return tally(stream).commonestRejection();
  }

  /**
   * How often a stream's labels agree with the truth.
   *
   * @param truth ordered by start
   */
  public Agreement agreement(String stream, List<RecordingAnnotation> truth, double sampleRateHz) {
    return tally(stream).agreement(truth, sampleRateHz);
  }

  /**
   * What a stream came to.
   *
   * @param sent frames delivered to Kafka
   * @param unread of these, frames that the job had not taken in
   */
  public StreamReport report(
      String stream, io.physiowave.core.frame.Modality modality, long sent, long unread) {
    StreamTally tally = tally(stream);
    long rejected = tally.rejected();
    return new StreamReport(
        stream,
        modality,
        sent,
        sent - unread - rejected,
        rejected,
        tally.windows(),
        tally.labels(),
        tally.latency());
  }
}
