package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a header.
 *
 * @param name record name
 * @param segmentCount segments that the record is made of; 0 when it has its own signal files
 * @param signalCount signals announced
 * @param frameRateHz frames per second
 * @param counterFrequencyHz counter frequency, Hz
 * @param baseCounter counter value of the first sample
 * @param frameCount frames; empty when not given
 * @param baseTime time of day of the first sample
 * @param baseDate date of the first sample
 */
record RecordLine(
    String name,
    int segmentCount,
    int signalCount,
    double frameRateHz,
    double counterFrequencyHz,
    double baseCounter,
    OptionalLong frameCount,
    Optional<LocalTime> baseTime,
    Optional<LocalDate> baseDate) {

  private static final Pattern RATE = Pattern.compile("([^/(]+)(?:/([^(]+))?(?:\\(([^)]*)\\))?");
  private static final Pattern TIME = Pattern.compile("(?:(?:(\\d+):)?(\\d+):)?(\\d+)(\\.\\d+)?");
  private static final Pattern NO_DATE = Pattern.compile("0+/0+/0+");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d/M/uuuu");

  /** Several collections write the month's name, and the date before the time. */
  private static final DateTimeFormatter DATE_WITH_MONTH_NAME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("d-MMM-uuuu")
          .toFormatter(Locale.ENGLISH);

  static RecordLine parse(String text, HeaderFields fields) throws RecordingException {
    String[] parts = text.split("\\s+");
    if (parts.length < 2) {
      throw fields.error(
          "record line '" + text + "' has no number of signals; expected '208 2 360 650000'");
    }
    int slash = parts[0].indexOf('/');
    int segmentCount =
        slash < 0 ? 0 : fields.integer("number of segments", parts[0].substring(slash + 1), 1);
    int signalCount = fields.integer("number of signals", parts[1], 0);
    double rate = WfdbHeader.DEFAULT_FRAME_RATE_HZ;
    double counter = rate;
    double baseCounter = 0;
    if (parts.length > 2) {
      Matcher frequency = RATE.matcher(parts[2]);
      if (!frequency.matches()) {
        throw fields.wrong("sampling frequency", parts[2], "a form such as 360 or 360/72(0)");
      }
      rate = fields.number("sampling frequency", frequency.group(1));
      if (rate <= 0) {
        throw fields.wrong("sampling frequency", parts[2], "more than 0");
      }
      counter =
          frequency.group(2) == null
              ? rate
              : fields.number("counter frequency", frequency.group(2));
      baseCounter =
          frequency.group(3) == null ? 0 : fields.number("base counter", frequency.group(3));
    }
    long frames = parts.length > 3 ? fields.count("number of samples", parts[3]) : 0;
    LocalTime time = null;
    LocalDate date = null;
    for (int i = 4; i < Math.min(parts.length, 6); i++) {
      if (parts[i].contains("/") || parts[i].contains("-")) {
        date = date(parts[i], fields);
      } else {
        time = time(parts[i], fields);
      }
    }
    return new RecordLine(
        slash < 0 ? parts[0] : parts[0].substring(0, slash),
        segmentCount,
        signalCount,
        rate,
        counter,
        baseCounter,
        frames == 0 ? OptionalLong.empty() : OptionalLong.of(frames),
        Optional.ofNullable(time),
        Optional.ofNullable(date));
  }

  private static LocalTime time(String text, HeaderFields fields)
      throws MalformedRecordingException {
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      try {
        int hours = time.group(1) == null ? 0 : Integer.parseInt(time.group(1));
        int minutes = time.group(2) == null ? 0 : Integer.parseInt(time.group(2));
        double fraction = time.group(4) == null ? 0 : Double.parseDouble("0" + time.group(4));
        int nanos = (int) Math.min(999_999_999, Math.round(fraction * 1e9));
        return LocalTime.of(hours, minutes, Integer.parseInt(time.group(3)), nanos);
      } catch (DateTimeException | NumberFormatException e) {
        throw fields.wrong("base time", text, "HH:MM:SS");
      }
    }
    throw fields.wrong("base time", text, "HH:MM:SS");
  }

  /** The date; null where zeros stand for one that is not known, as in MIT-BIH headers. */
  private static LocalDate date(String text, HeaderFields fields)
      throws MalformedRecordingException {
    if (NO_DATE.matcher(text).matches()) {
      return null;
    }
    try {
      return LocalDate.parse(text, text.contains("/") ? DATE : DATE_WITH_MONTH_NAME);
    } catch (DateTimeException e) {
      throw fields.wrong("base date", text, "DD/MM/YYYY");
    }
  }
}
