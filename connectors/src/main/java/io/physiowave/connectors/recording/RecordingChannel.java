package io.physiowave.connectors.recording;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One channel of a recording.
 *
 * @param name e.g. {@code MLII}; not blank
 * @param unit physical unit, e.g. {@code mV}; V, mV and uV are spelled so whatever the file writes
 * @param scale how physical values map to the integers of the digitiser; empty when the source was
 *     never digital or its integers do not fit 16 bits
 */
public record RecordingChannel(String name, String unit, Optional<DigitalScale> scale) {
  public RecordingChannel {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a channel name is '" + name + "'; expected text");
    }
    Objects.requireNonNull(scale, "scale");
    unit = spelled(unit);
  }

  private static String spelled(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "v" -> "V";
      case "mv" -> "mV";
      case "uv", "\u00b5v", "\u03bcv" -> "uV";
      default -> unit;
    };
  }
}
