package io.physiowave.streaming.assemble;

import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.ArrivedFrameSerializer;
import io.physiowave.streaming.types.TopicRecord;
import io.physiowave.streaming.types.TopicRecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames of a session that wait for an earlier one, by their first sample. */
final class FrameBuffer {
  private static final Logger LOG = LoggerFactory.getLogger(FrameBuffer.class);

  private final TreeMap<Long, ArrivedFrame> frames = new TreeMap<>();
  private long bytes;

  /** Keeps a frame, unless one with the same start is there and it says no more than that. */
  boolean add(ArrivedFrame arrived) {
    long start = arrived.frame().firstSampleIndex();
    ArrivedFrame known = frames.get(start);
    if (known != null && !saysMore(arrived.frame(), known.frame())) {
      return false;
    }
    if (known != null) {
      remove(known);
    }
    frames.put(start, arrived);
    bytes += bytes(arrived);
    return true;
  }

  /** What a frame takes: its record, and its samples decoded. */
  private static long bytes(ArrivedFrame arrived) {
    SignalFrame frame = arrived.frame();
    return arrived.record().value().length
        + (long) frame.channels().size() * frame.sampleCount() * Float.BYTES;
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

  /** What the frames take, as records and decoded. */
  long bytes() {
    return bytes;
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
    ArrivedFrame first = frames.firstEntry().getValue();
    remove(first);
    return first;
  }

  /** Takes out a frame that waits. */
  void remove(ArrivedFrame frame) {
    ArrivedFrame removed = frames.remove(frame.frame().firstSampleIndex());
    bytes -= bytes(removed);
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
    bytes = 0;
  }

  FrameBuffer copy() {
    FrameBuffer copy = new FrameBuffer();
    copy.frames.putAll(frames);
    copy.bytes = bytes;
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
      buffer.restore(TopicRecordSerializer.INSTANCE.deserialize(in));
    }
    return buffer;
  }

  /** A frame that an earlier version took and this one would not must not end the restored job. */
  private void restore(TopicRecord record) {
    try {
      add(new ArrivedFrame(SignalFrameCodec.decode(record.value()), record));
    } catch (InvalidFrameException e) {
      LOG.warn(
          "a frame that waited is left out, since this version refuses it; it stands at partition"
              + " {}, offset {}: {}",
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }
}
