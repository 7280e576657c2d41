package io.physiowave.connectors.simulate;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.emgtext.HandGesture;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A simulated arm in an armband.
 *
 * @param seed same seed, same samples
 * @param gestures those that are made, each once a round in a random order
 * @param shortestSeconds least time that a gesture is held, 0.5 to 3600 s
 * @param longestSeconds most time that a gesture is held
 * @param sampleCount samples until the recording ends; empty for one that never does
 * @param truthListener told of each gesture when its first sample is produced, on the reading
 *     thread
 */
public record EmgSimulatorOptions(
    long seed,
    List<HandGesture> gestures,
    double shortestSeconds,
    double longestSeconds,
    OptionalLong sampleCount,
    Consumer<RecordingAnnotation> truthListener) {

  /** Rows per second, as in the UCI recordings. */
  public static final double SAMPLE_RATE_HZ = 1000;

  /** The gestures that the statistics cover. */
  public static final List<HandGesture> ALL_GESTURES =
      List.copyOf(EnumSet.range(HandGesture.REST, HandGesture.ULNAR_DEVIATION));

  public EmgSimulatorOptions {
    Objects.requireNonNull(truthListener, "truthListener");
    gestures = List.copyOf(gestures);
    if (gestures.isEmpty()
        || EnumSet.copyOf(gestures).size() != gestures.size()
        || !ALL_GESTURES.containsAll(gestures)) {
      throw new IllegalArgumentException(
          "gestures are " + gestures + "; expected some of " + ALL_GESTURES + ", each once");
    }
    if (!(shortestSeconds >= 0.5 && longestSeconds >= shortestSeconds && longestSeconds <= 3600)) {
      throw new IllegalArgumentException(
          "gestures are held "
              + shortestSeconds
              + " to "
              + longestSeconds
              + " s; expected 0.5 to 3600, the shortest first");
    }
    if (sampleCount.isPresent() && sampleCount.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "sample count is " + sampleCount.getAsLong() + "; expected 1 or more");
    }
  }

  /** All six gestures, held 2 to 4 s each, without end. */
  public static EmgSimulatorOptions of(long seed) {
    return new EmgSimulatorOptions(seed, ALL_GESTURES, 2, 4, OptionalLong.empty(), truth -> {});
  }

  /** These options for some gestures only. */
  public EmgSimulatorOptions withGestures(List<HandGesture> newGestures) {
    return new EmgSimulatorOptions(
        seed, newGestures, shortestSeconds, longestSeconds, sampleCount, truthListener);
  }

  /** These options with an end. */
  public EmgSimulatorOptions withSampleCount(long newCount) {
    return new EmgSimulatorOptions(
        seed, gestures, shortestSeconds, longestSeconds, OptionalLong.of(newCount), truthListener);
  }

  /** These options with a listener. */
  public EmgSimulatorOptions withTruthListener(Consumer<RecordingAnnotation> newListener) {
    return new EmgSimulatorOptions(
        seed, gestures, shortestSeconds, longestSeconds, sampleCount, newListener);
  }
}
