package io.physiowave.core.window;

import io.physiowave.core.dsp.QrsDetector.BeatListener;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;

/** Where the beats come from: the detector when serving, annotations when preparing training. */
interface BeatSource {

  void append(float[][] samples, int from, int to, BitSet leadOff, BeatListener listener);

  void appendLost(int count, BeatListener listener);

  /** Reports what is still being judged. */
  void finish(BeatListener listener);

  void restart(long sample);

  /** Takes over the state of a source of the same kind and plan. */
  void copyFrom(BeatSource other);

  void writeTo(DataOutput out) throws IOException;

  void restore(DataInput in) throws IOException;
}
