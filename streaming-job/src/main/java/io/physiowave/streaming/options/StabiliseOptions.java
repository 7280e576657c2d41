package io.physiowave.streaming.options;

import java.io.Serializable;

/**
 * What replaces the model cards' own decisions.
 *
 * @param votes windows that vote for a label, 1 to 1000; null for the card's
 * @param minimumProbability below it a window is UNCLASSIFIABLE, in [0, 1); null for the card's
 */
public record StabiliseOptions(Integer votes, Double minimumProbability) implements Serializable {
  /** Every model decides as its card says. */
  public static final StabiliseOptions AS_CARD = new StabiliseOptions(null, null);

  public StabiliseOptions {
    new Problems()
        .require(
            votes == null || (votes >= 1 && votes <= 1000),
            "stabilise.votes is %s; expected 1 to 1000",
            votes)
        .require(
            minimumProbability == null || (minimumProbability >= 0 && minimumProbability < 1),
            "stabilise.minimum-probability is %s; expected 0 to below 1",
            minimumProbability)
        .throwIfAny();
  }
}
