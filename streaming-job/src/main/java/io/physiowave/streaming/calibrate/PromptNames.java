package io.physiowave.streaming.calibrate;

import io.physiowave.core.card.ModelCard;
import java.util.List;
import java.util.Map;

/**
 * What a wearer is told of a label: what the model's card calls it, unless another name is given.
 */
public final class PromptNames {
  private final ModelCard card;
  private final Map<String, String> given;

  /**
   * Names of a model's labels.
   *
   * @param given names that override the card's, by label
   */
  public PromptNames(ModelCard card, Map<String, String> given) {
    List<String> unknown =
        given.keySet().stream().filter(label -> !card.labels().contains(label)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "names are given for " + unknown + "; expected labels of " + card.labels());
    }
    this.card = card;
    this.given = Map.copyOf(given);
  }

  /** What to tell of a label. */
  public String of(String label) {
    return given.getOrDefault(label, card.nameOf(label));
  }
}
