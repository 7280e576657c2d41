package io.physiowave.core.event;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The beginning or the end of something that several labels make up, placed within its session.
 *
 * @param kind what it is, e.g. {@code gesture} or {@code ventricular-run}
 * @param label what it is more exactly, e.g. {@code FIST} or {@code COUPLET}
 * @param labelName what a person calls the label; empty where nobody has named it
 * @param phase which end of it is told
 * @param onsetSample where it began, in samples of the stream
 * @param offsetSample where it ended; only at its end
 * @param confidence mean probability of its labels, in [0, 1]; 0 where it means nothing
 * @param count windows or beats that made it so far, more than 0
 * @param ratePerMinute mean heart rate within; 0 where it means nothing
 */
public record Episode(
    String kind,
    String label,
    String labelName,
    EventPhase phase,
    long onsetSample,
    OptionalLong offsetSample,
    float confidence,
    long count,
    double ratePerMinute) {
  public Episode {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(labelName, "labelName");
    if ((phase == EventPhase.OFFSET) != offsetSample.isPresent()) {
      throw new IllegalArgumentException(phase + " with offset sample " + offsetSample);
    }
    if (offsetSample.isPresent() && offsetSample.getAsLong() < onsetSample) {
      throw new IllegalArgumentException(
          kind
              + " ends at sample "
              + offsetSample.getAsLong()
              + ", before its onset "
              + onsetSample);
    }
  }

  /** The same with a label that has no name. */
  public Episode(
      String kind,
      String label,
      EventPhase phase,
      long onsetSample,
      OptionalLong offsetSample,
      float confidence,
      long count,
      double ratePerMinute) {
    this(kind, label, "", phase, onsetSample, offsetSample, confidence, count, ratePerMinute);
  }
}
