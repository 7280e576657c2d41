package io.physiowave.core.event;

import java.io.Serializable;
import java.util.Set;

/**
 * When a run of labels becomes an episode, and when it stops being one.
 *
 * @param onsetProbability a label begins an episode only from this probability on, in [0, 1]
 * @param offsetProbability while the episode's label keeps this probability it goes on, whatever
 *     label is emitted; at most onsetProbability
 * @param minimumSeconds an episode begins, and ends, once that has held for so long; 0 or more
 * @param background labels that mean that nothing happens, and make no episode
 */
public record Hysteresis(
    double onsetProbability,
    double offsetProbability,
    double minimumSeconds,
    Set<String> background)
    implements Serializable {
  public Hysteresis {
    background = Set.copyOf(background);
    if (!(onsetProbability >= 0 && onsetProbability <= 1)) {
      throw new IllegalArgumentException(
          "onset probability is " + onsetProbability + "; expected 0 to 1");
    }
    if (!(offsetProbability >= 0 && offsetProbability <= onsetProbability)) {
      throw new IllegalArgumentException(
          "offset probability is "
              + offsetProbability
              + "; expected 0 to the onset probability, "
              + onsetProbability);
    }
    if (!(minimumSeconds >= 0 && minimumSeconds <= 3600)) {
      throw new IllegalArgumentException(
          "minimum duration is " + minimumSeconds + " s; expected 0 to 3600");
    }
  }
}
