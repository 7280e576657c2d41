package io.physiowave.dashboard.server;

import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All streams that are being watched. Bounded: a stream that falls silent is forgotten after a
 * while, and beyond the capacity new streams are not taken up. Safe for use by several threads.
 */
final class StreamBoard {
  static final int CAPACITY = 2_000;

  /** With more streams than this none has a history: their waveforms would take too much memory. */
  static final int HISTORY_CAPACITY = 100;

  static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  /**
   * What a stream got since the last drain.
   *
   * @param stream the stream's id
   * @param session the session its points count in
   * @param update the points and labels
   */
  record Change(String stream, String session, StreamView.Update update) {}

  private final Map<String, StreamView> streams = new TreeMap<>();

  synchronized void add(SignalFrame frame, long nowMillis) {
    StreamView view = streams.get(frame.streamId());
    if (view == null) {
      if (streams.size() >= CAPACITY) {
        return;
      }
      view = new StreamView(frame);
      streams.put(frame.streamId(), view);
    }
    view.add(frame, nowMillis);
  }

  /** A label of a stream without frames says nothing that could be drawn, and is passed over. */
  synchronized void add(LabelEvent event, long appendMillis) {
    StreamView view = streams.get(event.streamId());
    if (view != null) {
      view.add(event, appendMillis);
    }
  }

  synchronized void add(SignalEvent event) {
    StreamView view = streams.get(event.streamId());
    if (view != null) {
      view.add(event);
    }
  }

  synchronized void add(RhythmSummary summary) {
    StreamView view = streams.get(summary.streamId());
    if (view != null) {
      view.add(summary);
    }
  }

  synchronized List<Change> drain() {
    List<Change> changes = new ArrayList<>();
    streams.forEach(
        (id, view) -> {
          StreamView.Update update = view.drain(streams.size() <= HISTORY_CAPACITY);
          if (!update.isEmpty()) {
            changes.add(new Change(id, view.session(), update));
          }
        });
    return changes;
  }

  /** What was drained of a stream in its last seconds; empty when nothing is known. */
  synchronized Optional<Change> history(String stream) {
    return Optional.ofNullable(streams.get(stream))
        .map(view -> new Change(stream, view.session(), view.history()))
        .filter(change -> !change.update().isEmpty());
  }

  synchronized List<StreamSummary> summaries(long nowMillis) {
    streams.values().removeIf(view -> view.idleMillis(nowMillis) > FORGOTTEN_AFTER.toMillis());
    return streams.values().stream().map(view -> view.summary(nowMillis)).toList();
  }
}
