package io.physiowave.core.window;

/** A beat whose window is not complete. */
final class PendingBeat {
  final long sample;

  /** Null until the next beat is known or no longer awaited. */
  float[] context;

  PendingBeat(long sample) {
    this.sample = sample;
  }

  PendingBeat copy() {
    PendingBeat copy = new PendingBeat(sample);
    copy.context = context == null ? null : context.clone();
    return copy;
  }
}
