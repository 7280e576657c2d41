package io.physiowave.core.card;

import java.util.List;

/**
 * How probabilities become a label.
 *
 * @param logitBias added to the logits before the arg-max, one a label; empty for none
 * @param minimumProbability below it the window is UNCLASSIFIABLE, in [0, 1)
 * @param votes windows whose labels vote for the one emitted, 1 for no vote
 */
public record Decision(List<Double> logitBias, double minimumProbability, int votes) {
  /** The most probable label, always. */
  public static final Decision ARG_MAX = new Decision(List.of(), 0, 1);

  public Decision {
    logitBias = logitBias == null ? List.of() : List.copyOf(logitBias);
    if (!(minimumProbability >= 0 && minimumProbability < 1)) {
      throw new InvalidModelCardException(
          "decision: minimumProbability is " + minimumProbability + "; expected 0 to below 1");
    }
    if (votes < 1 || votes > 1000) {
      throw new InvalidModelCardException("decision: votes is " + votes + "; expected 1 to 1000");
    }
  }
}
