package io.physiowave.streaming.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.streaming.model.ServedModel;

/**
 * One version of a model, at rest somewhere.
 *
 * @param version the card's version
 * @param location path or URI that every task manager can read
 * @param sha256 hash of the file, 64 lower-case hexadecimal digits
 * @param modality kind of signal by the card; null in records of earlier releases
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelRelease(String version, String location, String sha256, String modality) {
  public ModelRelease {
    if (version == null || version.isBlank() || location == null || location.isBlank()) {
      throw new IllegalArgumentException(
          "release version '" + version + "' at '" + location + "'; expected both");
    }
    if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "release sha256 is '" + sha256 + "'; expected 64 lower-case hexadecimal digits");
    }
  }

  /** A version whose kind of signal is not told. */
  public ModelRelease(String version, String location, String sha256) {
    this(version, location, sha256, null);
  }

  /** A version of a model. */
  public static ModelRelease of(ServedModel model, String location) {
    return new ModelRelease(
        model.card().version(), location, model.sha256(), model.card().modality().name());
  }
}
