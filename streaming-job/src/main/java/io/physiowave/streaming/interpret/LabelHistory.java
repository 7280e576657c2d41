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
import io.physiowave.core.label.LabelOrigin;
import io.physiowave.streaming.options.EventOptions;
import io.physiowave.streaming.types.BinaryFields;
import java.io.IOException;
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
  /** The form that held the whole label. */
  private static final int FIRST_FORM = 1;

  private static final int VERSION = 2;
  private static final int TYPICAL_BYTES = 256;

  /** No label of a session comes so much later than one behind it. */
  private static final double BACK_SECONDS = 10;

  /** On the job's clock: when the last label came. */
  long lastSeenMillis;

  /** Whose labels these are; dated by the two below, so that a label changes nothing of it. */
  private LabelOrigin origin;

  private long lastSample;
  private long lastMicros;
  private LabelEpisodes windows = new LabelEpisodes();
  private RhythmMonitor beats;

  /**
   * Takes the stream's next label.
   *
   * @param options what the job says of beats
   * @return false for a beat that does not lie behind the one before it
   */
  boolean accept(
      LabelEvent label,
      Hysteresis rules,
      EventOptions options,
      Consumer<SignalEvent> events,
      Consumer<RhythmSummary> summaries) {
    if (origin != null && (!origin.sessionId().equals(label.sessionId()) || beginsAnew(label))) {
      finish(events, summaries);
    }
    if (origin == null || !origin.isOf(label)) {
      origin = LabelOrigin.of(label);
    }
    lastSample = label.windowStartSample();
    lastMicros = label.windowStartMicros();
    if (label.beatSample().isEmpty()) {
      windows.accept(label, rules, episode -> events.accept(SignalEvent.of(last(), episode)));
      return true;
    }
    if (beats == null) {
      beats = new RhythmMonitor(label.sampleRateHz(), options.rhythmInterval().toMillis() / 1e3);
    }
    return beats.accept(
        new Beat(label.beatSample().getAsLong(), BeatKind.of(label.label()), label.probability()),
        options.tachycardiaBeats(),
        figures -> summaries.accept(RhythmSummary.of(last(), figures)),
        episode -> events.accept(SignalEvent.of(last(), episode)));
  }

  /**
   * Whether a label is of another count of samples, though its session has the same name: the
   * device is back after its session was forgotten. Others come in the order of their samples, or
   * nearly so.
   */
  private boolean beginsAnew(LabelEvent label) {
    return lastSample - label.windowEndSample() > BACK_SECONDS * label.sampleRateHz();
  }

  /** Whether the session has beats, which summaries are made of. */
  boolean hasBeats() {
    return beats != null;
  }

  private LabelOrigin last() {
    return origin.dated(lastSample, lastMicros);
  }

  /** Ends the session: nothing more comes of it. */
  void finish(Consumer<SignalEvent> events, Consumer<RhythmSummary> summaries) {
    if (origin == null) {
      return;
    }
    LabelOrigin label = last();
    windows.finish(episode -> events.accept(SignalEvent.of(label, episode)));
    windows = new LabelEpisodes();
    if (beats != null) {
      beats.finish(
          figures -> summaries.accept(RhythmSummary.of(label, figures)),
          episode -> events.accept(SignalEvent.of(label, episode)));
      beats = null;
    }
  }

  /** The same history in the same state; where labels come from never changes. */
  LabelHistory copy() throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(TYPICAL_BYTES);
    windows.writeTo(bytes);
    if (beats != null) {
      beats.writeTo(bytes);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes.wrapAsByteBuffer());
    LabelHistory copy = new LabelHistory();
    copy.lastSeenMillis = lastSeenMillis;
    copy.origin = origin;
    copy.lastSample = lastSample;
    copy.lastMicros = lastMicros;
    copy.windows = LabelEpisodes.readFrom(in);
    copy.beats = beats == null ? null : RhythmMonitor.readFrom(in);
    return copy;
  }

  void writeTo(DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(lastSeenMillis);
    out.writeBoolean(origin != null);
    if (origin != null) {
      LabelOriginFields.write(last(), out);
    }
    windows.writeTo(out);
    out.writeBoolean(beats != null);
    if (beats != null) {
      beats.writeTo(out);
    }
  }

  static LabelHistory readFrom(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION && version != FIRST_FORM) {
      throw new IOException(
          "the saved history of a stream has form "
              + version
              + "; this version reads "
              + FIRST_FORM
              + " and "
              + VERSION);
    }
    LabelHistory history = new LabelHistory();
    history.lastSeenMillis = in.readLong();
    history.origin = version == FIRST_FORM ? originOfLabel(in) : originOf(in);
    if (history.origin != null) {
      history.lastSample = history.origin.sample();
      history.lastMicros = history.origin.micros();
    }
    history.windows = LabelEpisodes.readFrom(in);
    history.beats = in.readBoolean() ? RhythmMonitor.readFrom(in) : null;
    return history;
  }

  private static LabelOrigin originOf(DataInputView in) throws IOException {
    return in.readBoolean() ? LabelOriginFields.read(in) : null;
  }

  private static LabelOrigin originOfLabel(DataInputView in) throws IOException {
    byte[] label = BinaryFields.readBytes(in);
    return label == null ? null : LabelOrigin.of(LabelEventCodec.decode(label));
  }
}
