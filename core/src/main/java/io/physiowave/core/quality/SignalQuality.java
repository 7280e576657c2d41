package io.physiowave.core.quality;

import java.util.Objects;

/**
 * Verdict on a window's signal.
 *
 * @param level good, usable or bad
 * @param reason empty when good, otherwise what is wrong, for a person to read
 */
public record SignalQuality(QualityLevel level, String reason) {
  /** Nothing found. */
  public static final SignalQuality GOOD = new SignalQuality(QualityLevel.GOOD, "");

  public SignalQuality {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(reason, "reason");
    if ((level == QualityLevel.GOOD) != reason.isEmpty()) {
      throw new IllegalArgumentException(
          "quality " + level + " with reason '" + reason + "'; only GOOD has an empty reason");
    }
  }
}
