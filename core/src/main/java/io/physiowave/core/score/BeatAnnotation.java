package io.physiowave.core.score;

import java.util.Objects;

/**
 * One annotation of a recording, as far as the comparison of beats needs it.
 *
 * @param sample where it stands, 0 or more
 * @param code mnemonic of its MIT code, e.g. {@code N}, {@code V}, {@code ~}, {@code [}
 * @param subtype its subtype, by which {@code ~} says that the signal is unreadable
 */
public record BeatAnnotation(long sample, String code, int subtype) {
  public BeatAnnotation {
    Objects.requireNonNull(code, "code");
    if (sample < 0) {
      throw new IllegalArgumentException(
          "annotation '" + code + "' is at sample " + sample + "; expected 0 or more");
    }
  }

  /** An annotation of subtype 0. */
  public static BeatAnnotation of(long sample, String code) {
    return new BeatAnnotation(sample, code, 0);
  }
}
