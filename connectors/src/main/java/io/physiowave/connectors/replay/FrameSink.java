package io.physiowave.connectors.replay;

import io.physiowave.core.frame.SignalFrame;

/** Where frames go: a broker, a file, a test's list. */
public interface FrameSink extends AutoCloseable {

  /**
   * Takes a frame, in the order of the calls. Blocks while too much is under way.
   *
   * @throws FrameSinkException when this frame or an earlier one could not be delivered
   * @throws InterruptedException when the calling thread is interrupted while blocked
   */
  void accept(SignalFrame frame) throws InterruptedException;

  /**
   * Waits until every frame taken so far is delivered.
   *
   * @throws FrameSinkException when one could not be
   */
  void flush();

  /** Lets go of connections; what is under way is delivered if it can be within some seconds. */
  @Override
  void close();
}
