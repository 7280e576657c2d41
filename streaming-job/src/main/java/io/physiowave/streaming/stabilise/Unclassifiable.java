package io.physiowave.streaming.stabilise;

import java.util.Locale;

/** Why a window has no label. */
public enum Unclassifiable {
  /** The signal is too bad to be put to the model. */
  BAD_SIGNAL,
  /** The best label is less probable than the minimum. */
  LOW_PROBABILITY,
  /** The model's answer is no probability: it overflowed, for example. */
  NOT_A_NUMBER,
  /** The model is on trial and has failed. */
  MODEL_FAILED;

  /** As it stands in metric names, e.g. {@code bad-signal}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
