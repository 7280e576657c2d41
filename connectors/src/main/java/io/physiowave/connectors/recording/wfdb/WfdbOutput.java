package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.DigitalScale;
import io.physiowave.connectors.recording.RecordingChannel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A record to be written.
 *
 * @param name letters, digits, {@code _} and {@code -}
 * @param sampleRateHz samples per second, more than 0
 * @param startTime time of the first sample, written in UTC to the millisecond
 * @param format {@link SignalFormat#INT_16} or {@link SignalFormat#PACKED_12}
 * @param signals the signals in order, at least one
 * @param comments lines of free text that close the header
 */
public record WfdbOutput(
    String name,
    double sampleRateHz,
    Optional<Instant> startTime,
    SignalFormat format,
    List<Signal> signals,
    List<String> comments) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  public WfdbOutput {
    Objects.requireNonNull(startTime, "startTime");
    signals = List.copyOf(signals);
    comments = List.copyOf(comments);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "record name is '" + name + "'; expected letters, digits, _ and - only");
    }
    if (!(sampleRateHz > 0 && Double.isFinite(sampleRateHz))) {
      throw new IllegalArgumentException(
          "record " + name + " has " + sampleRateHz + " samples per second; expected more than 0");
    }
    if (format != SignalFormat.INT_16 && format != SignalFormat.PACKED_12) {
      throw new IllegalArgumentException(
          "record " + name + ": format " + format.code() + " is not written; expected 16 or 212");
    }
    if (signals.isEmpty()) {
      throw new IllegalArgumentException(
          "record " + name + " has no signals; expected one or more");
    }
  }

  /**
   * One signal to be written.
   *
   * @param name of the lead; one line
   * @param unit physical unit, without blanks
   * @param gain digital steps per physical unit, more than 0
   * @param baseline digital value of physical 0
   */
  public record Signal(String name, String unit, double gain, int baseline) {
    public Signal {
      if (name.isBlank() || name.contains("\n") || !unit.matches("\\S+")) {
        throw new IllegalArgumentException(
            "signal '" + name + "' in '" + unit + "'; expected a name and a unit without blanks");
      }
      if (!(gain > 0 && Double.isFinite(gain))) {
        throw new IllegalArgumentException(
            "signal " + name + " has " + gain + " steps per " + unit + "; expected more than 0");
      }
    }

    /** A recording's channel: with its own digital scale, else with the given gain. */
    public static Signal of(RecordingChannel channel, double gainOtherwise) {
      double gain = channel.scale().map(scale -> 1 / scale.gain()).orElse(gainOtherwise);
      double baseline = channel.scale().map(Signal::baseline).orElse(0.0);
      return new Signal(channel.name(), channel.unit(), gain, (int) Math.rint(baseline));
    }

    private static double baseline(DigitalScale scale) {
      return -scale.offset() / scale.gain();
    }
  }
}
