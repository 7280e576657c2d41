package io.physiowave.connectors.recording;

import java.util.Objects;

/**
 * A statement about one sample or a stretch of samples.
 *
 * @param startSample the sample, or the first of the stretch; 0 or more
 * @param endSample one past the last sample; equal to {@code startSample} for a single instant
 * @param label what is said, e.g. {@code V} for a beat or {@code 2} for a gesture
 * @param note further text, e.g. a rhythm string; often empty
 */
public record RecordingAnnotation(long startSample, long endSample, String label, String note) {
  public RecordingAnnotation {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(note, "note");
    if (startSample < 0 || endSample < startSample) {
      throw new IllegalArgumentException(
          "annotation '"
              + label
              + "' spans samples "
              + startSample
              + " to "
              + endSample
              + "; expected 0 <= start <= end");
    }
  }

  /** A statement about one sample. */
  public static RecordingAnnotation at(long sample, String label, String note) {
    return new RecordingAnnotation(sample, sample, label, note);
  }

  /** Whether this is about one instant rather than a stretch. */
  public boolean isInstant() {
    return endSample == startSample;
  }
}
