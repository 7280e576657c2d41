package io.physiowave.connectors.recording;

import io.physiowave.core.frame.Modality;
import java.util.Objects;
import java.util.Optional;

/**
 * How to open a recording.
 *
 * @param annotator which annotations to read: the suffix of a WFDB annotation file
 * @param subject restricts a collection to one subject, e.g. {@code 01}, or to one recording by its
 *     name
 * @param modality what the signals are, when the file does not say it or is wrong
 * @param verifyChecksums whether wrong checksums are errors
 */
public record RecordingOptions(
    String annotator,
    Optional<String> subject,
    Optional<Modality> modality,
    boolean verifyChecksums) {

  /** Reference annotations ({@code atr}), every subject, checksums verified. */
  public static final RecordingOptions DEFAULT =
      new RecordingOptions("atr", Optional.empty(), Optional.empty(), true);

  public RecordingOptions {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(modality, "modality");
    if (annotator == null || !annotator.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "annotator is '" + annotator + "'; expected a file suffix such as atr");
    }
    if (subject.isPresent() && subject.get().isBlank()) {
      throw new IllegalArgumentException("subject is blank; expected a subject such as 01");
    }
  }

  /** These options with another annotator. */
  public RecordingOptions withAnnotator(String newAnnotator) {
    return new RecordingOptions(newAnnotator, subject, modality, verifyChecksums);
  }

  /** These options for one subject or recording of a collection. */
  public RecordingOptions withSubject(String newSubject) {
    return new RecordingOptions(annotator, Optional.of(newSubject), modality, verifyChecksums);
  }

  /** These options with the modality stated. */
  public RecordingOptions withModality(Modality newModality) {
    return new RecordingOptions(annotator, subject, Optional.of(newModality), verifyChecksums);
  }

  /** These options with wrong checksums accepted. */
  public RecordingOptions withoutChecksums() {
    return new RecordingOptions(annotator, subject, modality, false);
  }
}
