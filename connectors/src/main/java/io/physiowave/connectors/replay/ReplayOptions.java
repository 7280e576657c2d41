package io.physiowave.connectors.replay;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How to play a recording.
 *
 * @param streamId the stream that the frames belong to
 * @param sessionId the session; a repeat under the same stream and session repeats the labels'
 *     identities
 * @param speed seconds of signal per second; {@link Double#POSITIVE_INFINITY} for as fast as the
 *     sink takes
 * @param frameDuration signal time that a frame holds, 1 ms to 1 minute
 * @param channels names of the channels sent, in this order; empty for all
 * @param maximumSamples samples per channel after which the session ends; empty to play to the end
 */
public record ReplayOptions(
    String streamId,
    String sessionId,
    double speed,
    Duration frameDuration,
    List<String> channels,
    OptionalLong maximumSamples) {

  /** Signal time of a frame unless stated otherwise. */
  public static final Duration DEFAULT_FRAME_DURATION = Duration.ofMillis(50);

  /** As fast as the sink takes the frames. */
  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  public ReplayOptions {
    Objects.requireNonNull(streamId, "streamId");
    Objects.requireNonNull(sessionId, "sessionId");
    channels = List.copyOf(channels);
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed is " + speed + "; expected more than 0");
    }
    long millis = frameDuration.toMillis();
    if (millis < 1 || millis > 60_000) {
      throw new IllegalArgumentException(
          "frame duration is " + frameDuration.toMillis() + " ms; expected 1 to 60000");
    }
    if (maximumSamples.isPresent() && maximumSamples.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "maximum samples is " + maximumSamples.getAsLong() + "; expected 1 or more");
    }
  }

  /** Every channel to the end in real time, in frames of 50 ms. */
  public static ReplayOptions of(String streamId, String sessionId) {
    return new ReplayOptions(
        streamId, sessionId, 1, DEFAULT_FRAME_DURATION, List.of(), OptionalLong.empty());
  }

  /** These options at another speed. */
  public ReplayOptions withSpeed(double newSpeed) {
    return new ReplayOptions(
        streamId, sessionId, newSpeed, frameDuration, channels, maximumSamples);
  }

  /** These options with longer or shorter frames. */
  public ReplayOptions withFrameDuration(Duration newDuration) {
    return new ReplayOptions(streamId, sessionId, speed, newDuration, channels, maximumSamples);
  }

  /** These options for some channels only, in this order. */
  public ReplayOptions withChannels(List<String> newChannels) {
    return new ReplayOptions(
        streamId, sessionId, speed, frameDuration, newChannels, maximumSamples);
  }

  /** These options with an end after so many samples per channel. */
  public ReplayOptions withMaximumSamples(long newMaximum) {
    return new ReplayOptions(
        streamId, sessionId, speed, frameDuration, channels, OptionalLong.of(newMaximum));
  }
}
