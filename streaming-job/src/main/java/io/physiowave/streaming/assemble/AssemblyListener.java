package io.physiowave.streaming.assemble;

import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.FrameDecoder;
import io.physiowave.streaming.model.AssignedWindow;

/** Hears what becomes of a stream's frames. */
interface AssemblyListener extends FrameDecoder.Rejections {
  /** A window became complete. */
  void window(AssignedWindow window);

  /** The window that follows is of a session that is at another rate than it declares. */
  void atWrongRate();

  /** Samples were given up. */
  void lost(long samples);

  /** A frame holds nothing but samples that were seen before. */
  void duplicate(ArrivedFrame frame);

  /**
   * A frame came after its samples were given up, or after its session.
   *
   * @param why for people
   */
  void late(ArrivedFrame frame, String why);

  /** A frame came ahead of a missing one and waits. */
  void early();

  /** The time, microseconds since the epoch. */
  long nowMicros();
}
