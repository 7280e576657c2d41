package io.physiowave.connectors.recording.wfdb;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The text of a header. */
final class WfdbHeaderText {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS dd/MM/uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

  private WfdbHeaderText() {}

  static String of(
      WfdbOutput output, String signalFile, long frames, int[] initialValues, int[] sums) {
    StringBuilder text = new StringBuilder(output.name());
    text.append(' ').append(output.signals().size());
    text.append(' ').append(HeaderText.number(output.sampleRateHz()));
    text.append(' ').append(frames);
    output.startTime().ifPresent(start -> text.append(' ').append(START.format(start)));
    text.append('\n');
    for (int i = 0; i < initialValues.length; i++) {
      WfdbOutput.Signal signal = output.signals().get(i);
      text.append(signalFile)
          .append(' ')
          .append(output.format().code())
          .append(' ')
          .append(HeaderText.number(signal.gain()))
          .append('(')
          .append(signal.baseline())
          .append(")/")
          .append(signal.unit())
          .append(' ')
          .append(output.format().bits())
          .append(" 0 ")
          .append(initialValues[i])
          .append(' ')
          .append((short) sums[i])
          .append(" 0 ")
          .append(signal.name())
          .append('\n');
    }
    output.comments().forEach(line -> text.append("# ").append(line).append('\n'));
    return text.toString();
  }
}
