package io.physiowave.streaming.interpret;

import io.physiowave.core.arrhythmia.Beat;
import io.physiowave.core.arrhythmia.BeatKind;
import io.physiowave.core.arrhythmia.RhythmMonitor;
import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.event.Hysteresis;
import io.physiowave.core.event.LabelEpisodes;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.streaming.types.BinaryFields;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is remembered of one stream's labels: its session's episodes and rhythm. Mutable; owned by
 * the stream's keyed state.
 */
final class LabelHistory {
  private static final int VERSION = 1;
  private static final int TYPICAL_BYTES = 256;

  /** On the job's clock: when the last label came. */
  long lastSeenMillis;

  private LabelEvent last;
  private LabelEpisodes windows = new LabelEpisodes();
  private RhythmMonitor beats;

  /**
   * Takes the stream's next label.
   *
   * @return false for a beat that does not lie behind the one before it
   */
  boolean accept(
      LabelEvent label,
      Hysteresis rules,
      Duration rhythmInterval,
      Consumer<SignalEvent> events,
      Consumer<RhythmSummary> summaries) {
    if (last != null && !last.sessionId().equals(label.sessionId())) {
      finish(events, summaries);
    }
    last = label;
    if (label.beatSample().isEmpty()) {
      windows.accept(label, rules, episode -> events.accept(SignalEvent.of(label, episode)));
      return true;
    }
    if (beats == null) {
      beats = new RhythmMonitor(label.sampleRateHz(), rhythmInterval.toMillis() / 1e3);
    }
    return beats.accept(
        new Beat(label.beatSample().getAsLong(), BeatKind.of(label.label()), label.probability()),
        figures -> summaries.accept(RhythmSummary.of(label, figures)),
        episode -> events.accept(SignalEvent.of(label, episode)));
  }

  /** Ends the session: nothing more comes of it. */
  void finish(Consumer<SignalEvent> events, Consumer<RhythmSummary> summaries) {
    LabelEvent label = last;
    if (label == null) {
      return;
    }
    windows.finish(episode -> events.accept(SignalEvent.of(label, episode)));
    windows = new LabelEpisodes();
    if (beats != null) {
      beats.finish(
          figures -> summaries.accept(RhythmSummary.of(label, figures)),
          episode -> events.accept(SignalEvent.of(label, episode)));
      beats = null;
    }
  }

  /** The same history in the same state; a label never changes, so both may hold it. */
  LabelHistory copy() throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(TYPICAL_BYTES);
    windows.writeTo(bytes);
    if (beats != null) {
      beats.writeTo(bytes);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes.wrapAsByteBuffer());
    LabelHistory copy = new LabelHistory();
    copy.lastSeenMillis = lastSeenMillis;
    copy.last = last;
    copy.windows = LabelEpisodes.readFrom(in);
    copy.beats = beats == null ? null : RhythmMonitor.readFrom(in);
    return copy;
  }

  void writeTo(DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(lastSeenMillis);
    BinaryFields.writeBytes(last == null ? null : LabelEventCodec.encode(last), out);
    windows.writeTo(out);
    out.writeBoolean(beats != null);
    if (beats != null) {
      beats.writeTo(out);
    }
  }

  static LabelHistory readFrom(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "the saved history of a stream has form " + version + "; this version reads " + VERSION);
    }
    LabelHistory history = new LabelHistory();
    history.lastSeenMillis = in.readLong();
    byte[] label = BinaryFields.readBytes(in);
    history.last = label == null ? null : LabelEventCodec.decode(label);
    history.windows = LabelEpisodes.readFrom(in);
    history.beats = in.readBoolean() ? RhythmMonitor.readFrom(in) : null;
    return history;
  }
}
