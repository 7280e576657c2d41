package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.MalformedRecordingException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one signal line of a header. */
final class SignalLine {
  private static final Pattern FORMAT =
      Pattern.compile("(\\d+)(?:x(\\d+))?(?::(\\d+))?(?:\\+(\\d+))?");

  /** No absolute path, no drive, no way up: a header may not read other files of this machine. */
  private static final Pattern BESIDE_THE_HEADER =
      Pattern.compile("(?![/\\\\])(?!.*(?:^|[/\\\\])\\.\\.(?:[/\\\\]|$))(?![A-Za-z]:).+");

  /** No decoder of FLAC was found that has a licence with which this software could ship it. */
  private static final Set<Integer> FLAC = Set.of(508, 516, 524);

  private static final Pattern GAIN = Pattern.compile("([^(/]+)(?:\\(([^)]*)\\))?(?:/(.*))?");
  private static final int FIELDS_BEFORE_DESCRIPTION = 8;

  /** Far beyond any recorder; a damaged header must not ask for all memory. */
  private static final int MAXIMUM_SAMPLES_PER_FRAME = 100_000;

  private static final int MAXIMUM_SKEW = 1_000_000;

  private SignalLine() {}

  static WfdbSignal parse(String text, HeaderFields fields) throws MalformedRecordingException {
    String[] parts = text.split("\\s+", FIELDS_BEFORE_DESCRIPTION + 1);
    if (parts.length < 2) {
      throw fields.error(
          "signal line '" + text + "' has no format; expected a file name and a format");
    }
    if (!BESIDE_THE_HEADER.matcher(parts[0]).matches()) {
      throw fields.wrong(
          "signal file", parts[0], "the name of a file beside the header or beneath");
    }
    Matcher format = FORMAT.matcher(parts[1]);
    if (!format.matches()) {
      throw fields.wrong("format", parts[1], "a number such as 212 or 16x2:1+24");
    }
    int code = fields.integer("format", format.group(1), 0);
    if (FLAC.contains(code)) {
      throw fields.error(
          "format "
              + code
              + " is compressed with FLAC, which is not read; expected one of "
              + SignalFormat.knownCodes()
              + ", to which the WFDB software converts it");
    }
    SignalFormat signalFormat =
        SignalFormat.ofCode(code)
            .orElseThrow(
                () ->
                    fields.error(
                        "format "
                            + code
                            + " is not a WFDB signal format that can be read; expected one of "
                            + SignalFormat.knownCodes()));
    Gain gain = parts.length > 2 ? gain(parts[2], fields) : new Gain(0, null, "mV");
    int resolution = integer(parts, 3, "ADC resolution", 0, 0, fields);
    int zero = integer(parts, 4, "ADC zero", 0, Integer.MIN_VALUE, fields);
    int initial = integer(parts, 5, "initial value", zero, Integer.MIN_VALUE, fields);
    OptionalInt checksum =
        parts.length > 6
            ? OptionalInt.of(fields.integer("checksum", parts[6], Integer.MIN_VALUE))
            : OptionalInt.empty();
    int samplesPerFrame =
        format.group(2) == null
            ? 1
            : bounded("samples per frame", format.group(2), 1, MAXIMUM_SAMPLES_PER_FRAME, fields);
    int skewSamples =
        format.group(3) == null ? 0 : bounded("skew", format.group(3), 0, MAXIMUM_SKEW, fields);
    int skewFrames = (int) Math.round((double) skewSamples / samplesPerFrame);
    return new WfdbSignal(
        parts[0],
        signalFormat,
        samplesPerFrame,
        skewFrames,
        format.group(4) == null ? 0 : fields.count("byte offset", format.group(4)),
        gain.value == 0 ? WfdbSignal.DEFAULT_GAIN : gain.value,
        gain.baseline == null ? zero : gain.baseline,
        gain.unit,
        resolution,
        zero,
        initial,
        checksum,
        integer(parts, 7, "block size", 0, Integer.MIN_VALUE, fields),
        parts.length > FIELDS_BEFORE_DESCRIPTION ? parts[FIELDS_BEFORE_DESCRIPTION].strip() : "");
  }

  private static Gain gain(String text, HeaderFields fields) throws MalformedRecordingException {
    Matcher gain = GAIN.matcher(text);
    if (!gain.matches()) {
      throw fields.wrong("gain", text, "a form such as 200, 200/mV or 200(1024)/mV");
    }
    return new Gain(
        fields.number("gain", gain.group(1)),
        gain.group(2) == null ? null : fields.integer("baseline", gain.group(2), Integer.MIN_VALUE),
        gain.group(3) == null || gain.group(3).isEmpty() ? "mV" : gain.group(3));
  }

  private static int bounded(
      String field, String text, int minimum, int maximum, HeaderFields fields)
      throws MalformedRecordingException {
    int value = fields.integer(field, text, minimum);
    if (value > maximum) {
      throw fields.wrong(field, text, "at most " + maximum);
    }
    return value;
  }

  private static int integer(
      String[] parts, int index, String field, int otherwise, int minimum, HeaderFields fields)
      throws MalformedRecordingException {
    return parts.length > index ? fields.integer(field, parts[index], minimum) : otherwise;
  }

  private record Gain(double value, Integer baseline, String unit) {}
}
