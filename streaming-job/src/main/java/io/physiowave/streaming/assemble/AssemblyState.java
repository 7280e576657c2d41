package io.physiowave.streaming.assemble;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.model.FrameLayout;
import io.physiowave.streaming.model.PlanFit;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.types.BinaryFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the job remembers of one stream. Mutable; owned by the stream's keyed state. */
final class AssemblyState {
  /** Form of the saved bytes; older forms stay readable. */
  private static final int VERSION = 5;

  /** Stands for a sample of a session that another one has followed. */
  private static final long NO_SAMPLE = Long.MIN_VALUE;

  String streamId;
  String sessionId;

  /** Sessions that others have followed. */
  EarlierSessions earlierSessions = EarlierSessions.NONE;

  FrameLayout layout;
  boolean ended;

  /** How the session feeds its model, as long as {@link #fitUnder} holds; not saved. */
  PlanFit fit;

  WindowPlans fitUnder;

  /** The wearer's calibration; null until it was looked up; not saved, since its own state is. */
  AppliedCalibration calibration;

  /** Null until the session's first sample is known. */
  SessionWindows windows;

  FrameBuffer waiting = new FrameBuffer();

  /** Arrival of the frame since which the session has not gone on; only when frames wait. */
  long stalledSinceMillis;

  GivenUp givenUp = GivenUp.NONE;

  /** On the job's clock: when the stream last showed itself, and the timers set; 0 for none. */
  long lastSeenMillis;

  long waitTimerMillis;
  long idleTimerMillis;

  /** Next sample when the wait timer was set: the session went on if it is no longer so. */
  long waitTimerSample;

  /** Signal sent faster than allowed for long, seconds, when the latest frame arrived. */
  double surplusSeconds;

  long surplusMillis;

  void begin(SignalFrame frame) {
    if (sessionId != null) {
      earlierSessions = earlierSessions.with(sessionId);
    }
    streamId = frame.streamId();
    sessionId = frame.sessionId();
    layout = FrameLayout.of(frame);
    fit = null;
    fitUnder = null;
    ended = false;
    windows = null;
    waiting.clear();
    stalledSinceMillis = 0;
    givenUp = GivenUp.NONE;
    waitTimerSample = NO_SAMPLE;
  }

  void startAt(long firstSample) {
    windows = new SessionWindows(streamId, sessionId, layout, firstSample);
  }

  /** Index of the next sample expected, or -1 before the session's first. */
  long nextSample() {
    return windows == null ? -1 : windows.nextSample();
  }

  AssemblyState copy() {
    AssemblyState copy = new AssemblyState();
    copy.streamId = streamId;
    copy.sessionId = sessionId;
    copy.earlierSessions = earlierSessions;
    copy.layout = layout;
    copy.ended = ended;
    copy.fit = fit;
    copy.fitUnder = fitUnder;
    copy.calibration = calibration;
    copy.windows = windows == null ? null : windows.copy();
    copy.waiting = waiting.copy();
    copy.stalledSinceMillis = stalledSinceMillis;
    copy.givenUp = givenUp;
    copy.lastSeenMillis = lastSeenMillis;
    copy.waitTimerMillis = waitTimerMillis;
    copy.idleTimerMillis = idleTimerMillis;
    copy.waitTimerSample = waitTimerSample;
    copy.surplusSeconds = surplusSeconds;
    copy.surplusMillis = surplusMillis;
    return copy;
  }

  void writeTo(DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(lastSeenMillis);
    out.writeLong(waitTimerMillis);
    out.writeLong(idleTimerMillis);
    out.writeLong(waitTimerSample);
    out.writeDouble(surplusSeconds);
    out.writeLong(surplusMillis);
    BinaryFields.writeText(sessionId, out);
    if (sessionId == null) {
      return;
    }
    BinaryFields.writeText(streamId, out);
    earlierSessions.writeTo(out);
    writeLayout(layout, out);
    out.writeBoolean(ended);
    out.writeLong(stalledSinceMillis);
    givenUp.writeTo(out);
    waiting.writeTo(out);
    out.writeBoolean(windows != null);
    if (windows != null) {
      windows.writeTo(out);
    }
  }

  static AssemblyState readFrom(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "the saved state of a stream has form "
              + version
              + "; this version reads 1 to "
              + VERSION);
    }
    AssemblyState state = new AssemblyState();
    state.lastSeenMillis = in.readLong();
    state.waitTimerMillis = in.readLong();
    state.idleTimerMillis = in.readLong();
    state.waitTimerSample = in.readLong();
    if (version >= 2) {
      state.surplusSeconds = in.readDouble();
      state.surplusMillis = in.readLong();
    }
    state.sessionId = BinaryFields.readText(in);
    if (state.sessionId == null) {
      return state;
    }
    state.streamId = BinaryFields.readText(in);
    state.earlierSessions =
        version >= 3
            ? EarlierSessions.readFrom(in)
            : EarlierSessions.ofOne(BinaryFields.readText(in));
    state.layout = readLayout(in);
    state.ended = in.readBoolean();
    state.stalledSinceMillis = in.readLong();
    state.givenUp =
        version >= 5 ? GivenUp.readFrom(in) : GivenUp.ofOne(in.readLong(), in.readLong());
    state.waiting = FrameBuffer.readFrom(in);
    if (in.readBoolean()) {
      state.windows =
          SessionWindows.readFrom(state.streamId, state.sessionId, state.layout, version >= 4, in);
    }
    return state;
  }

  private static void writeLayout(FrameLayout layout, DataOutputView out) throws IOException {
    BinaryFields.writeText(layout.modality().name(), out);
    out.writeDouble(layout.sampleRateHz());
    BinaryFields.writeText(layout.unit(), out);
    out.writeInt(layout.channels().size());
    for (String channel : layout.channels()) {
      BinaryFields.writeText(channel, out);
    }
  }

  private static FrameLayout readLayout(DataInputView in) throws IOException {
    Modality modality = Modality.valueOf(BinaryFields.readText(in));
    double rate = in.readDouble();
    String unit = BinaryFields.readText(in);
    int count = in.readInt();
    List<String> channels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      channels.add(BinaryFields.readText(in));
    }
    return new FrameLayout(modality, rate, channels, unit);
  }
}
