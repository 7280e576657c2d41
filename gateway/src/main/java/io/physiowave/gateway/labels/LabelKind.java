package io.physiowave.gateway.labels;

import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.label.LabelEventCodec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be heard of a stream; the parameter {@code kind} of a listener names it. */
public enum LabelKind {
  /** Labels of windows and beats. */
  LABELS {
    @Override
    String json(byte[] record) {
      return LabelEventCodec.toJson(LabelEventCodec.decode(record));
    }
  },
  /** Onsets and offsets of episodes. */
  EVENTS {
    @Override
    String json(byte[] record) {
      return SignalEventCodec.toJson(SignalEventCodec.decode(record));
    }
  };

  /**
   * A record's value, protobuf, in protobuf's JSON form.
   *
   * @throws IllegalArgumentException when it is not of this kind
   */
  abstract String json(byte[] record);

  /** The name by which listeners ask for it. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<LabelKind> named(String parameter) {
    return Arrays.stream(values()).filter(kind -> kind.parameter().equals(parameter)).findFirst();
  }
}
