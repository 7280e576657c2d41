package io.physiowave.dashboard.server;

import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of one stream. Not safe for use by several threads. */
final class StreamView {
  /** Labels kept for one drain; older ones go first. */
  private static final int LABEL_CAPACITY = 500;

  /** Classes counted one by one, against a model that labels without end. */
  private static final int CLASS_CAPACITY = 100;

  /**
   * What came in since the last drain.
   *
   * @param runs points of the waveform
   * @param labels labels in order
   */
  record Update(List<WaveformReducer.Run> runs, List<LiveLabel> labels) {
    boolean isEmpty() {
      return runs.isEmpty() && labels.isEmpty();
    }
  }

  private final LatencyWindow latencies = new LatencyWindow();
  private final Map<String, Long> counts = new TreeMap<>();
  private final RecentLabels recentLabels = new RecentLabels();
  private final Deque<LiveLabel> pending = new ArrayDeque<>();
  private SignalFrame latest;
  private WaveformReducer reducer;
  private RecentHistory history;
  private long frames;
  private long samples;
  private long lastFrameMillis;
  private String model = "";
  private Map<String, String> labelNames = Map.of();
  private String calibration;
  private LiveLabel lastLabel;
  private RecentEpisodes episodes;
  private LiveRhythm rhythm;

  StreamView(SignalFrame first) {
    start(first);
  }

  private void start(SignalFrame frame) {
    latest = frame;
    reducer = new WaveformReducer(frame);
    history = new RecentHistory();
    episodes = new RecentEpisodes();
    rhythm = null;
  }

  void add(SignalFrame frame, long nowMillis) {
    boolean sameCount =
        frame.sessionId().equals(latest.sessionId())
            && frame.channels().equals(latest.channels())
            && frame.unit().equals(latest.unit())
            && frame.sampleRateHz() == latest.sampleRateHz();
    if (!sameCount) {
      start(frame);
    }
    latest = frame;
    reducer.add(frame);
    frames++;
    samples += frame.sampleCount();
    lastFrameMillis = nowMillis;
  }

  /** A label that comes again, after a restart of the job, is passed over. */
  void add(LabelEvent event, long appendMillis) {
    if (!recentLabels.isNew(event.id())) {
      return;
    }
    lastLabel = LiveLabel.of(event, appendMillis);
    model = event.model().name() + " " + event.model().version();
    calibration = event.beatSample().isPresent() ? null : event.calibration();
    if (!event.probabilities().isEmpty()) {
      labelNames = event.labelNames();
    }
    if (counts.containsKey(event.label()) || counts.size() < CLASS_CAPACITY) {
      counts.merge(event.label(), 1L, Long::sum);
    }
    if (lastLabel.latencyMillis() != null) {
      latencies.add(lastLabel.latencyMillis());
    }
    pending.add(lastLabel);
    if (pending.size() > LABEL_CAPACITY) {
      pending.remove();
    }
  }

  /** Events and summaries of another session than the one shown are passed over. */
  void add(SignalEvent event) {
    if (event.sessionId().equals(latest.sessionId())) {
      episodes.add(event);
    }
  }

  void add(RhythmSummary summary) {
    if (summary.sessionId().equals(latest.sessionId())) {
      rhythm = LiveRhythm.of(summary);
    }
  }

  /** Takes what came in since the last drain; it becomes history where that is kept. */
  Update drain(boolean keepHistory) {
    Update update = new Update(reducer.drain(), List.copyOf(pending));
    pending.clear();
    if (keepHistory) {
      history.add(update);
    }
    return update;
  }

  /** What was drained in the last seconds. */
  Update history() {
    return history.all();
  }

  String session() {
    return latest.sessionId();
  }

  long idleMillis(long nowMillis) {
    return nowMillis - lastFrameMillis;
  }

  StreamSummary summary(long nowMillis) {
    return new StreamSummary(
        latest.streamId(),
        latest.sessionId(),
        latest.modality(),
        latest.channels(),
        latest.sampleRateHz(),
        WaveformReducer.bucketSamples(latest.sampleRateHz()),
        frames,
        samples,
        new TreeMap<>(counts),
        model,
        labelNames,
        calibration,
        lastLabel == null ? "" : lastLabel.label(),
        lastLabel == null ? "" : lastLabel.quality(),
        lastLabel == null ? "" : lastLabel.qualityReason(),
        latencies.percentile(0.5),
        latencies.percentile(0.99),
        episodes.all(),
        rhythm,
        idleMillis(nowMillis));
  }
}
