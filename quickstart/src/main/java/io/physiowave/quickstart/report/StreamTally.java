package io.physiowave.quickstart.report;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.core.label.LabelEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what the job says about one stream. Safe for use by several threads; bounded. */
final class StreamTally {
  /** Labels kept for the comparison with the truth: about a day of heart beats. */
  private static final int JUDGEMENTS = 100_000;

  private static final int REASONS = 20;

  private final Map<String, Long> labels = new TreeMap<>();
  private final Map<String, Long> rejections = new HashMap<>();
  private final Histogram latencyMicros = new Histogram(3);
  private final Deque<Judgement> judgements = new ArrayDeque<>();
  private long windows;
  private long rejected;

  synchronized void add(LabelEvent event, long appendMillis) {
    windows++;
    labels.merge(event.label(), 1L, Long::sum);
    long arrivalMicros = event.timing().lastSampleArrivalMicros();
    if (arrivalMicros > 0) {
      latencyMicros.recordValue(Math.max(0, appendMillis * 1000 - arrivalMicros));
    }
    if (judgements.size() == JUDGEMENTS) {
      judgements.remove();
    }
    judgements.add(Judgement.of(event));
  }

  synchronized void addRejection(String reason) {
    rejected++;
    if (rejections.containsKey(reason) || rejections.size() < REASONS) {
      rejections.merge(reason, 1L, Long::sum);
    }
  }

  synchronized long windows() {
    return windows;
  }

  synchronized long rejected() {
    return rejected;
  }

  /** The most frequent reason for a rejection; empty without any. */
  synchronized String commonestRejection() {
    return rejections.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  synchronized Map<String, Long> labels() {
    return new TreeMap<>(labels);
  }

  synchronized Latency latency() {
    return Latency.of(latencyMicros);
  }

  synchronized void addLatenciesTo(Histogram all) {
    all.add(latencyMicros);
  }

  synchronized Agreement agreement(List<RecordingAnnotation> truth, double sampleRateHz) {
    return Agreement.of(List.copyOf(judgements), truth, sampleRateHz);
  }
}
