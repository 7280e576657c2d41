package io.physiowave.streaming.stabilise;

import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.types.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A label, and what its model's card says of episodes: whoever interprets labels follows the card
 * of the model that gave each of them, so that a change of models changes both at once.
 *
 * @param label the label
 * @param rules the card's rules
 */
public record DecidedLabel(LabelEvent label, EpisodeRules rules) {
  /** For Flink. */
  public static final TypeInformation<DecidedLabel> TYPE =
      new RecordType<>(DecidedLabel.class, DecidedLabelSerializer.INSTANCE);

  /** The side output of the stabiliser: labels that count, as its main one. */
  public static final OutputTag<DecidedLabel> TAG = new OutputTag<>("decided-labels", TYPE);

  /** The stream. */
  public String streamId() {
    return label.streamId();
  }
}
