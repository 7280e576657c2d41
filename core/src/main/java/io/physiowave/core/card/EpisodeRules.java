package io.physiowave.core.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * When labels of a model in a row become an episode, as far as its author says so. Whoever runs the
 * model may decide otherwise, and decides what is left open.
 *
 * @param onsetProbability a label begins an episode only from this probability on, in [0, 1]; null
 *     when left open
 * @param offsetProbability while the episode's label keeps this probability it goes on, in [0, 1],
 *     at most the onset probability; null when left open
 * @param minimumSeconds how long a label must hold to begin an episode, and be gone to end it, 0 to
 *     3600; null when left open
 * @param background labels that mean that nothing happens, and make no episode; null when left open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EpisodeRules(
    Double onsetProbability,
    Double offsetProbability,
    Double minimumSeconds,
    List<String> background) {
  /** Nothing is said. */
  public static final EpisodeRules OPEN = new EpisodeRules(null, null, null, null);

  public EpisodeRules {
    requireProbability("onsetProbability", onsetProbability);
    requireProbability("offsetProbability", offsetProbability);
    if (onsetProbability != null
        && offsetProbability != null
        && offsetProbability > onsetProbability) {
      throw new InvalidModelCardException(
          "episodes: offsetProbability is "
              + offsetProbability
              + "; expected at most onsetProbability, "
              + onsetProbability);
    }
    if (minimumSeconds != null && !(minimumSeconds >= 0 && minimumSeconds <= 3600)) {
      throw new InvalidModelCardException(
          "episodes: minimumSeconds is " + minimumSeconds + "; expected 0 to 3600");
    }
    background = background == null ? null : List.copyOf(background);
  }

  private static void requireProbability(String field, Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw new InvalidModelCardException(
          "episodes: " + field + " is " + value + "; expected 0 to 1");
    }
  }
}
