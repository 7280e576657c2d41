package io.physiowave.streaming.calibrate;

import io.physiowave.connectors.recording.emgtext.HandGesture;
import io.physiowave.core.card.ModelCard;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person is told of a label: most say it themselves, those of the UCI gestures are codes.
 */
public final class LabelNames {
  private static final String UCI_GESTURES = "EMG data for gestures";

  private final Map<String, String> names = new HashMap<>();

  /**
   * Names of a model's labels.
   *
   * @param given names that override, by label
   */
  public LabelNames(ModelCard card, Map<String, String> given) {
    List<String> unknown =
        given.keySet().stream().filter(label -> !card.labels().contains(label)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "names are given for " + unknown + "; expected labels of " + card.labels());
    }
    if (card.provenance().dataSets().stream()
        .anyMatch(data -> data.id().startsWith(UCI_GESTURES))) {
      Arrays.stream(HandGesture.values())
          .forEach(gesture -> names.put(gesture.label(), gesture.description()));
    }
    names.putAll(given);
  }

  /** What to tell of a label. */
  public String of(String label) {
    return names.getOrDefault(label, label);
  }
}
