package io.physiowave.connectors.testing;

import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.core.frame.SignalFrame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the frames that it is given. */
public final class CollectingSink implements FrameSink {
  private final List<SignalFrame> frames = new CopyOnWriteArrayList<>();

  @Override
  public void accept(SignalFrame frame) {
    frames.add(frame);
  }

  /** The frames so far, in order. */
  public List<SignalFrame> frames() {
    return frames;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
