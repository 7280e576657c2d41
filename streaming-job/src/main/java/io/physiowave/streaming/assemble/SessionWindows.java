package io.physiowave.streaming.assemble;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.connectors.trace.Traceparent;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.FrameLayout;
import io.physiowave.streaming.model.PlanFit;
import io.physiowave.streaming.model.PlanIdentity;
import io.physiowave.streaming.types.BinaryFields;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of one session whose samples come in order: cuts them and dates them.
 *
 * <p>What was restored stays bytes until the session goes on, since only then is its model at hand.
 * If the model wants other windows by then, cutting starts anew at the next sample.
 */
final class SessionWindows {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWindows.class);

  /**
   * No frame waits that long for another one: what is dated so much earlier is by another clock.
   */
  private static final long CLOCK_STEP_MILLIS = 600_000;

  /** Room for what most streams save. */
  private static final int SAVED_BYTES = 8192;

  private final String streamId;
  private final String sessionId;
  private final FrameLayout layout;
  private long nextSample;
  private long anchorSample;
  private long anchorMicros;
  private long arrivalMillis;
  private RateWatch rate;

  /** What was restored, and the plan's digest or words; null once the session has gone on. */
  private String savedPlan;

  private byte[] saved;
  private WindowPlan plan;
  private PlanIdentity identity;
  private StreamWindower windower;

  /** A session whose first sample to come has the given index. */
  SessionWindows(String streamId, String sessionId, FrameLayout layout, long firstSample) {
    this.streamId = streamId;
    this.sessionId = sessionId;
    this.layout = layout;
    nextSample = firstSample;
    rate = new RateWatch(layout.sampleRateHz());
  }

  /** Index of the next sample expected. */
  long nextSample() {
    return nextSample;
  }

  /** Takes what of a frame lies at or behind the next sample, which must be in it. */
  void append(ArrivedFrame arrived, PlanFit fit, AssemblyListener out) {
    SignalFrame frame = arrived.frame();
    date(arrived);
    int from = (int) (nextSample - frame.firstSampleIndex());
    StreamWindower cutter = windower(fit);
    nextSample = frame.endSampleIndex();
    // A frame's trace goes to the windows that it completes.
    String traceparent = arrived.record().traceparent();
    cutter.append(
        frame.samples(),
        from,
        frame.sampleCount(),
        frame.leadOff(),
        cut -> emit(cut, fit, traceparent, out));
  }

  /** Gives up the samples before the given one. */
  void skipTo(long sample, PlanFit fit, AssemblyListener out) {
    long lost = sample - nextSample;
    rate.skip(lost);
    StreamWindower cutter = windower(fit);
    nextSample = sample;
    cutter.appendGap(lost, cut -> emit(cut, fit, Traceparent.NONE, out));
  }

  /** Ends the session. */
  void finish(PlanFit fit, AssemblyListener out) {
    windower(fit).finish(cut -> emit(cut, fit, Traceparent.NONE, out));
  }

  private StreamWindower windower(PlanFit fit) {
    WindowPlan current = fit.plan().get();
    if (saved != null) {
      windower = fit.identity().get().isNamed(savedPlan) ? restored(current) : null;
      use(fit);
      saved = null;
      savedPlan = null;
    }
    if (windower == null || !Objects.equals(plan, current)) {
      windower = new StreamWindower(current, nextSample);
      use(fit);
    }
    return windower;
  }

  private void use(PlanFit fit) {
    plan = fit.plan().get();
    identity = fit.identity().get();
  }

  private StreamWindower restored(WindowPlan current) {
    try {
      return StreamWindower.readFrom(current, new DataInputStream(new ByteArrayInputStream(saved)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the saved windows of stream " + streamId + " cannot be read", e);
    }
  }

  private void date(ArrivedFrame arrived) {
    SignalFrame frame = arrived.frame();
    long arrival = arrived.record().arrivalMillis();
    // A frame that had to wait came before the one that it waited for.
    if (arrival > arrivalMillis || arrival < arrivalMillis - CLOCK_STEP_MILLIS) {
      arrivalMillis = arrival;
    }
    if (frame.deviceTimeMicros() != 0) {
      anchorSample = frame.firstSampleIndex();
      anchorMicros = frame.deviceTimeMicros();
    } else {
      // Sent, or come, when its last sample was there.
      anchorSample = frame.endSampleIndex();
      anchorMicros =
          frame.gatewayTimeMicros() != 0
              ? frame.gatewayTimeMicros()
              : arrived.record().arrivalMillis() * 1000;
    }
    if (rate.count(frame.firstSampleIndex(), frame.deviceTimeMicros())) {
      LogFields.ofStream(
          streamId,
          sessionId,
          () -> LOG.warn("the session's windows are bad: {}", rate.quality().reason()));
    }
  }

  private long micros(long sample) {
    return anchorMicros + Math.round((sample - anchorSample) * 1e6 / layout.sampleRateHz());
  }

  private void emit(CutWindow cut, PlanFit fit, String traceparent, AssemblyListener out) {
    SignalWindow window =
        new SignalWindow(
            streamId,
            sessionId,
            layout.modality(),
            layout.sampleRateHz(),
            cut.startSample(),
            cut.endSample(),
            micros(cut.startSample()),
            micros(cut.endSample()),
            cut.beatSample(),
            cut.input(),
            rate.isWrong() ? rate.quality() : cut.quality(),
            arrivalMillis * 1000,
            out.nowMicros(),
            traceparent);
    if (rate.isWrong()) {
      out.atWrongRate();
    }
    out.window(new AssignedWindow(window, fit.model().get(), fit.shadow(), fit.base()));
  }

  /** The same session in the same state. */
  SessionWindows copy() {
    SessionWindows copy = new SessionWindows(streamId, sessionId, layout, nextSample);
    copy.anchorSample = anchorSample;
    copy.anchorMicros = anchorMicros;
    copy.arrivalMillis = arrivalMillis;
    copy.rate = rate.copy();
    copy.savedPlan = savedPlan;
    copy.saved = saved;
    copy.plan = plan;
    copy.identity = identity;
    copy.windower = windower == null ? null : windower.copy();
    return copy;
  }

  /** Saves everything but the layout and the names. */
  void writeTo(DataOutput out) throws IOException {
    out.writeLong(nextSample);
    out.writeLong(anchorSample);
    out.writeLong(anchorMicros);
    out.writeLong(arrivalMillis);
    if (saved == null && windower != null) {
      DataOutputSerializer bytes = new DataOutputSerializer(SAVED_BYTES);
      windower.writeTo(bytes);
      BinaryFields.writeText(identity.digest(), out);
      out.writeInt(bytes.length());
      out.write(bytes.getSharedBuffer(), 0, bytes.length());
    } else {
      BinaryFields.writeText(savedPlan, out);
      BinaryFields.writeBytes(saved, out);
    }
    rate.writeTo(out);
  }

  /**
   * Restores what {@link #writeTo} saved.
   *
   * @param hasRate whether it was saved by a version that watches the rate
   */
  static SessionWindows readFrom(
      String streamId, String sessionId, FrameLayout layout, boolean hasRate, DataInput in)
      throws IOException {
    SessionWindows windows = new SessionWindows(streamId, sessionId, layout, in.readLong());
    windows.anchorSample = in.readLong();
    windows.anchorMicros = in.readLong();
    windows.arrivalMillis = in.readLong();
    windows.savedPlan = BinaryFields.readText(in);
    windows.saved = BinaryFields.readBytes(in);
    if (hasRate) {
      windows.rate = RateWatch.readFrom(layout.sampleRateHz(), in);
    }
    return windows;
  }
}
