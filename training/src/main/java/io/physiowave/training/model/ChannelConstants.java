package io.physiowave.training.model;

import java.util.List;

/** Checks on lists that hold one constant per channel. */
final class ChannelConstants {
  private ChannelConstants() {}

  /** An immutable copy, after refusing an empty list and values that are not finite. */
  static List<Float> finite(String what, List<Float> values) {
    if (values == null || values.isEmpty()) {
      throw new IllegalArgumentException(what + " is missing; one number per channel is needed");
    }
    for (Float value : values) {
      if (value == null || !Float.isFinite(value)) {
        throw new IllegalArgumentException(what + " " + value + " must be a finite number");
      }
    }
    return List.copyOf(values);
  }

  static void requireCount(String what, int constants, int channels) {
    if (constants != channels) {
      throw new IllegalArgumentException(
          what + ": constants for " + constants + " channels, but in_channels is " + channels);
    }
  }
}
