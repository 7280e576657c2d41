package io.physiowave.streaming.assemble;

import io.physiowave.core.frame.SignalFrame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of a session that were given up, in order. Immutable.
 *
 * <p>A frame that comes behind its place is late if it holds any of them, and otherwise brought
 * nothing new. Of many gaps the oldest become one, with what lies between them: then a repeated
 * frame may be called late, but none is dropped as repeated that never came.
 *
 * @param runs at most {@value #MAXIMUM}
 */
record GivenUp(List<Run> runs) {
  /** Most runs remembered; radio that loses more within a minute is hardly worth more bytes. */
  static final int MAXIMUM = 16;

  static final GivenUp NONE = new GivenUp(List.of());

  GivenUp {
    runs = List.copyOf(runs);
  }

  /**
   * Samples in a row, half-open.
   *
   * @param start the first
   * @param end one past the last
   */
  record Run(long start, long end) {}

  /** As savepoints of earlier versions hold it: the latest run, empty for none. */
  static GivenUp ofOne(long start, long end) {
    return start == end ? NONE : new GivenUp(List.of(new Run(start, end)));
  }

  /** With a run behind those that are known; nothing changes when it is empty. */
  GivenUp with(long start, long end) {
    if (start == end) {
      return this;
    }
    List<Run> more = new ArrayList<>(runs);
    more.add(new Run(start, end));
    if (more.size() > MAXIMUM) {
      long first = more.remove(0).start();
      more.set(0, new Run(first, more.get(0).end()));
    }
    return new GivenUp(more);
  }

  /** Whether a frame holds any of them. */
  boolean isIn(SignalFrame frame) {
    for (Run run : runs) {
      if (frame.firstSampleIndex() < run.end() && frame.endSampleIndex() > run.start()) {
        return true;
      }
    }
    return false;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeByte(runs.size());
    for (Run run : runs) {
      out.writeLong(run.start());
      out.writeLong(run.end());
    }
  }

  static GivenUp readFrom(DataInput in) throws IOException {
    int count = in.readByte();
    List<Run> runs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      runs.add(new Run(in.readLong(), in.readLong()));
    }
    return count == 0 ? NONE : new GivenUp(runs);
  }
}
