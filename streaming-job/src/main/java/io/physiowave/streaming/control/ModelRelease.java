package io.physiowave.streaming.control;

/**
 * One version of a model, at rest somewhere.
 *
 * @param version the card's version
 * @param location path or URI that every task manager can read
 * @param sha256 hash of the file, 64 lower-case hexadecimal digits
 */
public record ModelRelease(String version, String location, String sha256) {
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
}
