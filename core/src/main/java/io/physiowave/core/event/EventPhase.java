package io.physiowave.core.event;

/** Which end of an episode an event is about. */
public enum EventPhase {
  /** The episode has begun and goes on. */
  ONSET,
  /** The episode is over. */
  OFFSET
}
