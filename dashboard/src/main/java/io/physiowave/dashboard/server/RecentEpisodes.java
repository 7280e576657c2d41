package io.physiowave.dashboard.server;

import io.physiowave.core.event.SignalEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest episodes of a stream, onset and offset brought together. A repeat, which an
 * at-least-once topic may bring, changes nothing. Not safe for use by several threads.
 */
final class RecentEpisodes {
  static final int CAPACITY = 4;

  private final Map<String, LiveEpisode> byId = new LinkedHashMap<>();

  void add(SignalEvent event) {
    LiveEpisode told = LiveEpisode.of(event);
    LiveEpisode known = byId.get(event.episodeId());
    if (known != null && !known.isUnderWay()) {
      return;
    }
    byId.put(event.episodeId(), told);
    if (byId.size() > CAPACITY) {
      byId.remove(byId.keySet().iterator().next());
    }
  }

  /** The oldest first. */
  List<LiveEpisode> all() {
    return List.copyOf(byId.values());
  }
}
