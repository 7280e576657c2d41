package io.physiowave.core.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;

/** Decides which windows are due, and cuts them. */
interface WindowCutter {

  /** Sees raw stream samples that the signal rows have taken already. */
  void append(float[][] samples, int from, int to, BitSet leadOff);

  /** Sees that samples were lost and held. */
  void appendLost(int count);

  /** Cuts what is complete, {@code nextSample} being the next stream sample expected. */
  void cut(long nextSample, Consumer<CutWindow> out);

  /** Ends a stretch: cuts what can be judged without further samples. */
  void finish(long nextSample, Consumer<CutWindow> out);

  /** Begins another stretch of the same session at a stream sample. */
  void restart(long sample);

  /** No window to come shows samples before this one, at the model's rate. */
  long firstNeeded();

  /** Takes over the state of a cutter of the same plan. */
  void copyFrom(WindowCutter other);

  void writeTo(DataOutput out) throws IOException;

  void restore(DataInput in) throws IOException;
}
