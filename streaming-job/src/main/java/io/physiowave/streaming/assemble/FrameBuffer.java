package io.physiowave.streaming.assemble;

import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.ArrivedFrameSerializer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Frames of a session that wait for an earlier one, by their first sample. */
final class FrameBuffer {
  private final TreeMap<Long, ArrivedFrame> frames = new TreeMap<>();

  /** Keeps a frame, unless one with the same start and at least as many samples is there. */
  boolean add(ArrivedFrame arrived) {
    long start = arrived.frame().firstSampleIndex();
    ArrivedFrame known = frames.get(start);
    if (known != null && known.frame().sampleCount() >= arrived.frame().sampleCount()) {
      return false;
    }
    frames.put(start, arrived);
    return true;
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

  /** Arrival of the frame that has waited longest; only when there is one. */
  long earliestArrivalMillis() {
    long earliest = Long.MAX_VALUE;
    for (ArrivedFrame frame : frames.values()) {
      earliest = Math.min(earliest, frame.record().arrivalMillis());
    }
    return earliest;
  }

  ArrivedFrame removeFirst() {
    Map.Entry<Long, ArrivedFrame> first = frames.pollFirstEntry();
    return first.getValue();
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
