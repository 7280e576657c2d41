package io.physiowave.dashboard.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.core.label.LabelEvent;
import java.util.Map;

/**
 * A label as the page draws it.
 *
 * @param session the session the samples count in
 * @param start first sample of the window
 * @param end one past its last sample
 * @param beat the beat's own sample; null for a window that is not about a beat
 * @param label one of the model's labels, or UNCLASSIFIABLE
 * @param probability of the label, in [0, 1]
 * @param probabilities of all classes for this window, in the card's order
 * @param quality good, usable or bad
 * @param qualityReason what is wrong with the signal; empty when nothing
 * @param reason why there is no label; empty when there is one
 * @param latencyMillis from the completing frame's arrival in Kafka to the label's; null unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LiveLabel(
    String session,
    long start,
    long end,
    Long beat,
    String label,
    float probability,
    Map<String, Float> probabilities,
    String quality,
    String qualityReason,
    String reason,
    Double latencyMillis) {

  /**
   * What the page needs of an event.
   *
   * @param appendMillis Kafka's append time of the label, milliseconds since the epoch
   */
  static LiveLabel of(LabelEvent event, long appendMillis) {
    long arrivalMicros = event.timing().lastSampleArrivalMicros();
    return new LiveLabel(
        event.sessionId(),
        event.windowStartSample(),
        event.windowEndSample(),
        event.beatSample().isPresent() ? event.beatSample().getAsLong() : null,
        event.label(),
        event.probability(),
        event.probabilities(),
        event.quality().level().name(),
        event.quality().reason(),
        event.unclassifiableReason(),
        arrivalMicros == 0 ? null : Math.max(0, appendMillis - arrivalMicros / 1000.0));
  }
}
