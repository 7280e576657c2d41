package io.physiowave.connectors.command;

import io.physiowave.connectors.replay.ReplayOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of the commands that send frames: as what stream, and how fast. */
final class ReplaySettings {
  @Option(
      names = "--stream-id",
      paramLabel = "NAME",
      description = "Stream of the frames (default: the recording's name).")
  private String streamId;

  @Option(
      names = "--session-id",
      paramLabel = "NAME",
      description = "Session of the frames (default: the time of the start).")
  private String sessionId;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description = "1 for real time, N for N times as fast, or max (default: ${DEFAULT-VALUE}).",
      converter = Speed.class,
      defaultValue = "1")
  private double speed;

  @Option(
      names = "--frame-millis",
      paramLabel = "MS",
      description = "Signal time in a frame (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private long frameMillis;

  /** What was asked for, completed from the recording. */
  ReplayOptions replay(String recordingName, List<String> channels, OptionalLong maximumSamples) {
    return new ReplayOptions(
        streamId == null ? recordingName : streamId,
        sessionId == null ? Instant.now().toString() : sessionId,
        speed,
        Duration.ofMillis(frameMillis),
        channels,
        maximumSamples);
  }

  /** A factor, or {@code max}. */
  static final class Speed implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      if (text.equalsIgnoreCase("max")) {
        return ReplayOptions.UNLIMITED;
      }
      try {
        double factor = Double.parseDouble(text);
        if (factor > 0) {
          return factor;
        }
      } catch (NumberFormatException e) {
        throw wrong(text);
      }
      throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
      return new TypeConversionException(
          "speed is '" + text + "'; expected a number above 0, or max");
    }
  }
}
