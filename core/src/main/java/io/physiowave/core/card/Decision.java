package io.physiowave.core.card;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How probabilities become a label, or several.
 *
 * @param logitBias added to the logits before the arg-max, one a label; empty for none
 * @param minimumProbability below it the window is UNCLASSIFIABLE, in [0, 1)
 * @param votes windows whose labels vote for the one emitted, 1 for no vote
 * @param thresholds of a model that gives a window several labels: the probability from which each
 *     is given, in (0, 1); empty for one label a window, or for 0.5 everywhere
 * @param episodes when labels in a row become an episode; null when nothing is said
 */
public record Decision(
    List<Double> logitBias,
    double minimumProbability,
    int votes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> thresholds,
    @JsonInclude(JsonInclude.Include.NON_NULL) EpisodeRules episodes) {
  /** The most probable label, always. */
  public static final Decision ARG_MAX = new Decision(List.of(), 0, 1);

  /** A decision for one label a window. */
  public Decision(List<Double> logitBias, double minimumProbability, int votes) {
    this(logitBias, minimumProbability, votes, List.of());
  }

  /** A decision that says nothing of episodes. */
  public Decision(
      List<Double> logitBias, double minimumProbability, int votes, List<Double> thresholds) {
    this(logitBias, minimumProbability, votes, thresholds, null);
  }

  /** The same with other rules for episodes. */
  public Decision with(EpisodeRules rules) {
    return new Decision(logitBias, minimumProbability, votes, thresholds, rules);
  }

  /** The rules for episodes, {@link EpisodeRules#OPEN} when nothing is said. */
  public EpisodeRules episodeRules() {
    return episodes == null ? EpisodeRules.OPEN : episodes;
  }

  @JsonCreator
  public Decision {
    logitBias = logitBias == null ? List.of() : List.copyOf(logitBias);
    if (!(minimumProbability >= 0 && minimumProbability < 1)) {
      throw new InvalidModelCardException(
          "decision: minimumProbability is " + minimumProbability + "; expected 0 to below 1");
    }
    if (votes < 1 || votes > 1000) {
      throw new InvalidModelCardException("decision: votes is " + votes + "; expected 1 to 1000");
    }
    thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
    for (double threshold : thresholds) {
      if (!(threshold > 0 && threshold < 1)) {
        throw new InvalidModelCardException(
            "decision: a threshold is " + threshold + "; expected more than 0 and less than 1");
      }
    }
  }
}
