package io.physiowave.streaming.calibrate;

import io.physiowave.core.frame.SignalFrame;

/** The frames of one stream as they come. */
@FunctionalInterface
public interface FrameFeed {
  /**
   * The next frame.
   *
   * @throws IllegalStateException when none comes in time
   */
  SignalFrame next();
}
