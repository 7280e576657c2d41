package io.physiowave.streaming.doctor;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/** Encoding, language, time zone and clock. */
final class TextAndTime {
  private static final String NAME = "locale and clock";

  /** When this check was written: a clock before it is wrong. */
  private static final Instant WRITTEN = Instant.parse("2026-11-25T00:00:00Z");

  private TextAndTime() {}

  static Finding examine(Charset charset, Locale locale, ZoneId zone, Instant now) {
    String found = charset + ", " + locale.toLanguageTag() + ", " + zone + ", " + now;
    if (now.isBefore(WRITTEN)) {
      return Finding.warn(
          NAME, found, "The clock is slow; labels would be misdated. Let NTP set it.");
    }
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return Finding.warn(
          NAME, found, "Names of files and streams may suffer: set LC_ALL=C.UTF-8 or use JDK 18.");
    }
    return Finding.ok(NAME, found);
  }
}
