package io.physiowave.gateway.labels;

import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What can be heard of a stream; the parameter {@code kind} of a listener names it. */
public enum LabelKind {
  /** Labels of windows and beats. */
  LABELS {
    @Override
    Supplier<String> json(byte[] record) {
      LabelEvent label = LabelEventCodec.decode(record);
      return () -> LabelEventCodec.toJson(label);
    }
  },
  /** Onsets and offsets of episodes. */
  EVENTS {
    @Override
    Supplier<String> json(byte[] record) {
      SignalEvent event = SignalEventCodec.decode(record);
      return () -> SignalEventCodec.toJson(event);
    }
  };

  /**
   * Reads a record's value, protobuf, and writes it in protobuf's JSON form when asked to.
   *
   * @throws IllegalArgumentException when it is not of this kind
   */
  abstract Supplier<String> json(byte[] record);

  /** The name by which listeners ask for it. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<LabelKind> named(String parameter) {
    return Arrays.stream(values()).filter(kind -> kind.parameter().equals(parameter)).findFirst();
  }
}
