package io.physiowave.quickstart.report;

import io.physiowave.core.label.LabelEvent;

/**
 * A label reduced to what is compared with the truth.
 *
 * @param startSample first sample of the window
 * @param endSample one past its last
 * @param beatSample the beat's own sample; {@link #NO_BEAT} for a window that is not about one
 * @param label one of the model's labels, or UNCLASSIFIABLE
 */
record Judgement(long startSample, long endSample, long beatSample, String label) {
  static final long NO_BEAT = -1;

  static Judgement of(LabelEvent event) {
    return new Judgement(
        event.windowStartSample(),
        event.windowEndSample(),
        event.beatSample().orElse(NO_BEAT),
        event.label());
  }

  boolean isBeat() {
    return beatSample != NO_BEAT;
  }
}
