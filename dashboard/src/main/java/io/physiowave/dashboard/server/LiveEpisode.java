package io.physiowave.dashboard.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.core.event.Episode;
import io.physiowave.core.event.SignalEvent;

/**
 * An episode as the page lists it.
 *
 * @param kind what it is, e.g. {@code gesture}
 * @param label what it is more exactly, e.g. {@code FIST}
 * @param labelName what a person calls the label; null where nobody has named it
 * @param onsetMillis when it began, milliseconds since the epoch
 * @param seconds how long it took; null while it is under way
 * @param count windows or beats that made it so far
 * @param ratePerMinute mean heart rate within; null where it means nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LiveEpisode(
    String kind,
    String label,
    String labelName,
    long onsetMillis,
    Double seconds,
    long count,
    Double ratePerMinute) {

  static LiveEpisode of(SignalEvent event) {
    Episode episode = event.episode();
    return new LiveEpisode(
        episode.kind(),
        episode.label(),
        episode.labelName().isEmpty() ? null : episode.labelName(),
        event.onsetMicros() / 1000,
        event.offsetMicros().isPresent()
            ? (event.offsetMicros().getAsLong() - event.onsetMicros()) / 1e6
            : null,
        episode.count(),
        episode.ratePerMinute() == 0 ? null : episode.ratePerMinute());
  }

  /** Whether its end is still to come. */
  boolean isUnderWay() {
    return seconds == null;
  }
}
