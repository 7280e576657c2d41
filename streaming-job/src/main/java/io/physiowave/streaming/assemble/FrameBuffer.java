package io.physiowave.streaming.assemble;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.ArrivedFrameSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Frames of a session that wait for an earlier one, by their first sample. */
final class FrameBuffer {
  private final TreeMap<Long, ArrivedFrame> frames = new TreeMap<>();

  /** Keeps a frame, unless one with the same start is there and it says no more than that. */
  boolean add(ArrivedFrame arrived) {
    long start = arrived.frame().firstSampleIndex();
    ArrivedFrame known = frames.get(start);
    if (known != null && !saysMore(arrived.frame(), known.frame())) {
      return false;
    }
    frames.put(start, arrived);
    return true;
  }

  /** Whether it has more samples, or as many and is told to be the session's last. */
  private static boolean saysMore(SignalFrame frame, SignalFrame known) {
    boolean ends = frame.endOfSession() && !known.endOfSession();
    return frame.sampleCount() > known.sampleCount()
        || (ends && frame.sampleCount() == known.sampleCount());
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  int size() {
    return frames.size();
  }

  /** First sample of the first frame; only when there is one. */
  long firstSample() {
    return frames.firstKey();
  }

  /** Whether a frame lies further ahead than a sample. */
  boolean reachesBeyond(long sample) {
    return !frames.isEmpty() && frames.lastKey() > sample;
  }

  /**
   * The frames in runs, in order: within one, each begins at most {@code reach} samples behind the
   * end of the one before.
   *
   * @param next the session's next sample: what begins at most {@code reach} behind it is near
   */
  List<FrameRun> runs(long next, long reach) {
    List<FrameRun> runs = new ArrayList<>();
    long end = next;
    for (ArrivedFrame frame : frames.values()) {
      boolean isNear = frame.frame().firstSampleIndex() - end <= reach;
      if (runs.isEmpty() || !isNear) {
        runs.add(new FrameRun(new ArrayList<>(), isNear));
      }
      runs.get(runs.size() - 1).frames().add(frame);
      end = frame.frame().endSampleIndex();
    }
    return runs;
  }

  ArrivedFrame removeFirst() {
    Map.Entry<Long, ArrivedFrame> first = frames.pollFirstEntry();
    return first.getValue();
  }

  /** Takes out a frame that waits. */
  void remove(ArrivedFrame frame) {
    frames.remove(frame.frame().firstSampleIndex());
  }

  /** Takes out the frame that has waited longest; only when there is one. */
  ArrivedFrame removeOldest() {
    ArrivedFrame oldest =
        Collections.min(
            frames.values(), Comparator.comparingLong(frame -> frame.record().arrivalMillis()));
    remove(oldest);
    return oldest;
  }

  void clear() {
    frames.clear();
  }

  FrameBuffer copy() {
    FrameBuffer copy = new FrameBuffer();
    copy.frames.putAll(frames);
    return copy;
  }

  void writeTo(DataOutputView out) throws IOException {
    out.writeInt(frames.size());
    for (ArrivedFrame frame : frames.values()) {
      ArrivedFrameSerializer.INSTANCE.serialize(frame, out);
    }
  }

  static FrameBuffer readFrom(DataInputView in) throws IOException {
    FrameBuffer buffer = new FrameBuffer();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      buffer.add(ArrivedFrameSerializer.INSTANCE.deserialize(in));
    }
    return buffer;
  }
}
