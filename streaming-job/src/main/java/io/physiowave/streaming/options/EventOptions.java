package io.physiowave.streaming.options;

import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.event.Hysteresis;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How labels in a row become episodes and summaries. What is not given here is as the model's card
 * says, and what neither says is usual.
 *
 * @param onsetProbability a label begins an episode only from this probability on, in [0, 1]; null
 *     for the card's, else {@value #USUAL_ONSET}
 * @param offsetProbability with it an episode's label goes on, in [0, onsetProbability]; null for
 *     the card's, else {@value #USUAL_OFFSET}
 * @param minimumDuration an episode begins, and ends, once that has held for so long; 0 to 1 hour;
 *     null for the card's, else {@value #USUAL_MINIMUM_SECONDS} s
 * @param backgroundLabels labels that make no episode; null for the card's, else none
 * @param tachycardiaBeats ventricular beats in a row from which a fast run is tachycardia, 3 or 4
 * @param rhythmInterval length of signal that a rhythm summary covers, 1 s to 1 hour
 */
public record EventOptions(
    Double onsetProbability,
    Double offsetProbability,
    Duration minimumDuration,
    List<String> backgroundLabels,
    int tachycardiaBeats,
    Duration rhythmInterval)
    implements Serializable {
  /** As the guidelines define tachycardia, see docs/labels.md. */
  static final int USUAL_TACHYCARDIA_BEATS = 3;

  private static final double USUAL_ONSET = 0.5;
  private static final double USUAL_OFFSET = 0.3;
  private static final double USUAL_MINIMUM_SECONDS = 0.25;

  public EventOptions {
    backgroundLabels = backgroundLabels == null ? null : List.copyOf(backgroundLabels);
    new Problems()
        .require(
            onsetProbability == null || (onsetProbability >= 0 && onsetProbability <= 1),
            "events.onset-probability is %s; expected 0 to 1",
            onsetProbability)
        .require(
            offsetProbability == null || (offsetProbability >= 0 && offsetProbability <= 1),
            "events.offset-probability is %s; expected 0 to 1",
            offsetProbability)
        .require(
            onsetProbability == null
                || offsetProbability == null
                || offsetProbability <= onsetProbability,
            "events.offset-probability is %s; expected 0 to events.onset-probability, %s",
            offsetProbability,
            onsetProbability)
        .require(
            minimumDuration == null
                || (!minimumDuration.isNegative() && minimumDuration.toHours() < 1),
            "events.minimum-duration is %d ms; expected 0ms to less than 1h",
            minimumDuration == null ? 0 : minimumDuration.toMillis())
        .require(
            tachycardiaBeats == 3 || tachycardiaBeats == 4,
            "events.tachycardia-beats is %d; expected 3 or 4",
            tachycardiaBeats)
        .require(
            rhythmInterval.toMillis() >= 1_000 && rhythmInterval.toHours() < 1,
            "events.rhythm-interval is %d ms; expected 1s to less than 1h",
            rhythmInterval.toMillis())
        .throwIfAny();
  }

  /** Every model's episodes are as its card says, and tachycardia is as usual. */
  public static EventOptions asCard(Duration rhythmInterval) {
    return new EventOptions(null, null, null, null, USUAL_TACHYCARDIA_BEATS, rhythmInterval);
  }

  /**
   * The rules for episodes of a model's sliding windows. Of an onset and an offset that come from
   * different places and contradict each other, the one that is given here holds and the other
   * gives way to it; between card and usual values, the card's.
   */
  public Hysteresis hysteresis(EpisodeRules card) {
    Double onset = first(onsetProbability, card.onsetProbability());
    Double offset = first(offsetProbability, card.offsetProbability());
    boolean isOnsetFixed =
        onsetProbability != null || (offsetProbability == null && card.onsetProbability() != null);
    double begins = onset == null ? USUAL_ONSET : onset;
    double goesOn = offset == null ? USUAL_OFFSET : offset;
    if (goesOn > begins) {
      if (isOnsetFixed) {
        goesOn = begins;
      } else {
        begins = goesOn;
      }
    }
    List<String> background = first(backgroundLabels, card.background());
    Double seconds =
        first(
            minimumDuration == null ? null : minimumDuration.toMillis() / 1e3,
            card.minimumSeconds());
    return new Hysteresis(
        begins,
        goesOn,
        seconds == null ? USUAL_MINIMUM_SECONDS : seconds,
        background == null ? Set.of() : Set.copyOf(background));
  }

  private static <T> T first(T given, T card) {
    return given == null ? card : given;
  }
}
