package io.physiowave.core.label;

import java.util.regex.Pattern;

/**
 * Names one exact model file.
 *
 * @param name the card's name, e.g. {@code ecg-beats}
 * @param version the card's version
 * @param sha256 SHA-256 of the ONNX file, 64 lower-case hexadecimal digits
 */
public record ModelReference(String name, String version, String sha256) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public ModelReference {
    if (name == null || name.isBlank() || version == null || version.isBlank()) {
      throw new IllegalArgumentException(
          "model name '" + name + "' and version '" + version + "' must not be blank");
    }
    if (sha256 == null || !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "sha256 is '" + sha256 + "'; expected 64 lower-case hexadecimal digits");
    }
  }
}
