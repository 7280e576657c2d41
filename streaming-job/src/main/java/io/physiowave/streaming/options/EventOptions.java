package io.physiowave.streaming.options;

import io.physiowave.core.event.Hysteresis;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How labels in a row become episodes and summaries.
 *
 * @param onsetProbability a label begins an episode only from this probability on, in [0, 1]
 * @param offsetProbability with it an episode's label goes on, in [0, onsetProbability]
 * @param minimumDuration an episode begins, and ends, once that has held for so long; 0 to 1 hour
 * @param backgroundLabels labels that make no episode
 * @param rhythmInterval length of signal that a rhythm summary covers, 1 s to 1 hour
 */
public record EventOptions(
    double onsetProbability,
    double offsetProbability,
    Duration minimumDuration,
    List<String> backgroundLabels,
    Duration rhythmInterval)
    implements Serializable {
  public EventOptions {
    backgroundLabels = List.copyOf(backgroundLabels);
    new Problems()
        .require(
            onsetProbability >= 0 && onsetProbability <= 1,
            "events.onset-probability is %s; expected 0 to 1",
            onsetProbability)
        .require(
            offsetProbability >= 0 && offsetProbability <= onsetProbability,
            "events.offset-probability is %s; expected 0 to events.onset-probability, %s",
            offsetProbability,
            onsetProbability)
        .require(
            !minimumDuration.isNegative() && minimumDuration.toHours() < 1,
            "events.minimum-duration is %d ms; expected 0ms to less than 1h",
            minimumDuration.toMillis())
        .require(
            rhythmInterval.toMillis() >= 1_000 && rhythmInterval.toHours() < 1,
            "events.rhythm-interval is %d ms; expected 1s to less than 1h",
            rhythmInterval.toMillis())
        .throwIfAny();
  }

  /** The rules for episodes of sliding windows. */
  public Hysteresis hysteresis() {
    return new Hysteresis(
        onsetProbability,
        offsetProbability,
        minimumDuration.toMillis() / 1e3,
        Set.copyOf(backgroundLabels));
  }
}
