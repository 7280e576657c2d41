package io.physiowave.dashboard.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last seconds of one session, so that a page which opens now starts with a full picture. Not
 * safe for use by several threads.
 */
final class RecentHistory {
  /** Ten seconds at the usual 125 points a second. */
  static final int POINTS = 1_250;

  static final int LABELS = 120;

  private final Deque<WaveformReducer.Run> runs = new ArrayDeque<>();
  private final Deque<LiveLabel> labels = new ArrayDeque<>();
  private int points;

  void add(StreamView.Update update) {
    for (WaveformReducer.Run run : update.runs()) {
      runs.add(run);
      points += run.microvolts().size();
    }
    while (points > POINTS) {
      points -= runs.remove().microvolts().size();
    }
    labels.addAll(update.labels());
    while (labels.size() > LABELS) {
      labels.remove();
    }
  }

  StreamView.Update all() {
    return new StreamView.Update(List.copyOf(runs), List.copyOf(labels));
  }
}
