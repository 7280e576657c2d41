package io.physiowave.streaming.assemble;

import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.model.FrameLayout;
import io.physiowave.streaming.model.PlanFit;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.options.AssembleOptions;

/**
 * Puts the frames of one stream in order, by sample index alone, and hands them to the windows.
 *
 * <p>A frame ahead of a missing one waits, a bounded time among a bounded number; then what is
 * missing is given up. The wait is counted by the arrival times of the stream's own frames, so that
 * a replay decides alike, and by the job's clock only where no frame comes any more. One alone that
 * is far ahead ends no wait: see {@link FrameRun}.
 */
final class StreamAssembly {
  /**
   * Most bytes that wait, records and decoded samples together: memory is not counted in frames.
   */
  static final long MOST_WAITING_BYTES = 8_000_000;

  private final AssemblyState state;
  private final WindowPlans plans;
  private final AssembleOptions options;
  private final AssemblyListener out;

  /**
   * An assembly for the duration of one call.
   *
   * @param state what is remembered of the stream; changed
   * @param out hears what becomes of frames
   */
  StreamAssembly(
      AssemblyState state, WindowPlans plans, AssembleOptions options, AssemblyListener out) {
    this.state = state;
    this.plans = plans;
    this.options = options;
    this.out = out;
  }

  /** Takes the stream's next frame. */
  void accept(ArrivedFrame arrived) {
    SignalFrame frame = arrived.frame();
    if (!FloodGuard.admits(state, frame, arrived.record().arrivalMillis(), options)) {
      out.rejected(
          arrived.record(),
          RejectionReason.FLOOD,
          "the stream has sent "
              + options.floodBurst().toSeconds()
              + " s of signal above "
              + options.floodRate()
              + " times real time; expected a device to send what it samples: see"
              + " assemble.flood-rate");
      return;
    }
    if (state.earlierSessions.contains(frame.sessionId())) {
      out.late(arrived, " are of session '" + frame.sessionId() + "', which another one followed");
      return;
    }
    boolean isNewSession = !frame.sessionId().equals(state.sessionId);
    if (!isNewSession && state.ended) {
      afterTheEnd(arrived);
      return;
    }
    if (!isNewSession && !state.layout.isOf(frame)) {
      out.rejected(
          arrived.record(),
          RejectionReason.LAYOUT_CHANGED,
          "the frame is "
              + FrameLayout.of(frame).describe()
              + "; its session began as "
              + state.layout.describe()
              + ": a change starts a new session");
      return;
    }
    PlanFit fit = isNewSession ? plans.fit(frame) : fit();
    if (!fit.fits()) {
      refuse(arrived, fit);
      return;
    }
    if (isNewSession) {
      close();
      state.begin(frame);
    }
    place(arrived, fit);
  }

  private void refuse(ArrivedFrame arrived, PlanFit fit) {
    out.rejected(
        arrived.record(),
        fit.model().isEmpty() ? RejectionReason.NO_MODEL : RejectionReason.MODEL_MISMATCH,
        fit.refusal());
  }

  /** Hands back what waits for a model that has gone meanwhile. */
  private void refuseWaiting(PlanFit fit) {
    while (isWaiting()) {
      refuse(state.waiting.removeFirst(), fit);
    }
  }

  private void place(ArrivedFrame arrived, PlanFit fit) {
    SignalFrame frame = arrived.frame();
    if (hasWaitedLongEnough(arrived)) {
      giveUp(fit);
      if (state.ended) {
        afterTheEnd(arrived);
        return;
      }
    }
    if (state.windows == null && frame.firstSampleIndex() == 0) {
      state.startAt(0);
    }
    if (state.windows == null || frame.firstSampleIndex() > state.windows.nextSample()) {
      wait(arrived, fit);
    } else if (isOver(frame)) {
      drop(arrived);
    } else {
      append(arrived, fit);
      drain(fit);
      handBackForsaken(arrived.record().arrivalMillis());
    }
  }

  private boolean hasWaitedLongEnough(ArrivedFrame arrived) {
    return isWaiting()
        && arrived.record().arrivalMillis() - state.stalledSinceMillis
            >= options.reorderWait().toMillis();
  }

  /** Whether a frame has nothing new; an empty last frame at the right place has: the end. */
  private boolean isOver(SignalFrame frame) {
    long next = state.windows.nextSample();
    return frame.endSampleIndex() < next
        || (frame.endSampleIndex() == next && !frame.endOfSession());
  }

  private void afterTheEnd(ArrivedFrame arrived) {
    if (arrived.frame().endSampleIndex() > state.windows.nextSample()) {
      out.late(arrived, " came after the session's end at " + state.windows.nextSample());
    } else {
      drop(arrived);
    }
  }

  private void drop(ArrivedFrame arrived) {
    SignalFrame frame = arrived.frame();
    long behind = state.windows.nextSample() - frame.endSampleIndex();
    if (behind > options.maximumLateness().toNanos() / 1e9 * frame.sampleRateHz()) {
      out.rejected(
          arrived.record(),
          RejectionReason.FAR_BEHIND,
          "first_sample_index is "
              + frame.firstSampleIndex()
              + ", "
              + behind
              + " samples behind its session; a device that restarts its count starts a new"
              + " session");
    } else if (state.givenUp.isIn(frame)) {
      out.late(arrived, " came after they were given up");
    } else {
      out.duplicate(arrived);
    }
  }

  private void wait(ArrivedFrame arrived, PlanFit fit) {
    if (!isWaiting()) {
      state.stalledSinceMillis = arrived.record().arrivalMillis();
    }
    boolean couldGoOn = canGoOn();
    if (!state.waiting.add(arrived)) {
      out.duplicate(arrived);
      return;
    }
    out.early();
    if (isTooMuchWaiting()) {
      do {
        makeRoom(fit);
      } while (isTooMuchWaiting());
    } else if (!couldGoOn && canGoOn()) {
      stallSince(nextRun());
      if (hasWaitedLongEnough(arrived)) {
        giveUp(fit);
      }
    }
  }

  /** A frame alone may wait however long it is. */
  private boolean isTooMuchWaiting() {
    int frames = state.waiting.size();
    return frames > options.reorderFrames()
        || (frames > 1 && state.waiting.bytes() > MOST_WAITING_BYTES);
  }

  private void makeRoom(PlanFit fit) {
    if (canGoOn()) {
      giveUp(fit);
    } else {
      farAhead(state.waiting.removeOldest());
    }
  }

  /** What waits has done so no longer than it has been here. */
  private void stallSince(FrameRun run) {
    state.stalledSinceMillis = Math.max(state.stalledSinceMillis, run.earliestArrivalMillis());
  }

  private void append(ArrivedFrame arrived, PlanFit fit) {
    state.stalledSinceMillis = Math.max(state.stalledSinceMillis, arrived.record().arrivalMillis());
    state.windows.append(arrived, fit, out);
    if (arrived.frame().endOfSession()) {
      end(fit);
    }
  }

  private void drain(PlanFit fit) {
    while (isWaiting() && state.waiting.firstSample() <= state.windows.nextSample()) {
      ArrivedFrame next = state.waiting.removeFirst();
      if (isOver(next.frame())) {
        out.duplicate(next);
      } else {
        append(next, fit);
      }
    }
    if (canGoOn()) {
      // What still waits does so for another gap.
      stallSince(nextRun());
    }
  }

  /** Samples from which on a frame is not where a frame late or lost would leave it. */
  private long reach() {
    return (long) (options.maximumLateness().toNanos() / 1e9 * state.layout.sampleRateHz());
  }

  /** The session's next sample; 0 before its first. */
  private long next() {
    return Math.max(0, state.nextSample());
  }

  /** The first run of waiting frames that is borne out, or null. */
  private FrameRun nextRun() {
    for (FrameRun run : state.waiting.runs(next(), reach())) {
      if (run.isBorneOut()) {
        return run;
      }
    }
    return null;
  }

  /**
   * Hands back what is far ahead and has waited long enough without more of its kind, now that the
   * session goes on where it was.
   */
  private void handBackForsaken(long nowMillis) {
    if (!state.waiting.reachesBeyond(next() + reach())) {
      return;
    }
    long before = nowMillis - options.reorderWait().toMillis();
    for (FrameRun run : state.waiting.runs(next(), reach())) {
      if (!run.isNear() && run.latestArrivalMillis() <= before) {
        run.frames().forEach(state.waiting::remove);
        run.frames().forEach(this::farAhead);
      }
    }
  }

  private void farAhead(ArrivedFrame arrived) {
    long first = arrived.frame().firstSampleIndex();
    out.rejected(
        arrived.record(),
        RejectionReason.FAR_AHEAD,
        "first_sample_index is "
            + first
            + ", "
            + (first - next())
            + " samples ahead of its session, which did not go on from there; a device counts each"
            + " sample once, lost ones too");
  }

  private void giveUp(PlanFit fit) {
    FrameRun run = nextRun();
    if (run == null) {
      return;
    }
    long first = run.firstSample();
    while (state.waiting.firstSample() < first) {
      farAhead(state.waiting.removeFirst());
    }
    state.givenUp = state.givenUp.with(next(), first);
    if (state.windows == null) {
      state.startAt(first);
    } else {
      out.lost(first - state.windows.nextSample());
      state.windows.skipTo(first, fit, out);
    }
    drain(fit);
  }

  private void end(PlanFit fit) {
    state.windows.finish(fit, out);
    state.ended = true;
    while (isWaiting()) {
      ArrivedFrame left = state.waiting.removeFirst();
      if (left.frame().firstSampleIndex() - next() > reach()) {
        farAhead(left);
      } else {
        afterTheEnd(left);
      }
    }
  }

  /** How the session feeds its model; found out once for as long as the same models serve. */
  private PlanFit fit() {
    if (state.fitUnder != plans) {
      state.fit = plans.fit(state.streamId, state.layout);
      state.fitUnder = plans;
    }
    return state.fit;
  }

  private boolean isWaiting() {
    return !state.waiting.isEmpty();
  }

  /** Whether frames wait for a missing one that may be given up. */
  boolean canGoOn() {
    return isWaiting() && nextRun() != null;
  }

  /** Gives up what the first waiting frames that may be gone on with wait for. */
  void giveUpNow() {
    PlanFit fit = fit();
    if (!fit.fits()) {
      refuseWaiting(fit);
    } else {
      giveUp(fit);
    }
  }

  /** Ends the session, as if nothing more came. */
  void close() {
    if (state.sessionId == null || state.ended) {
      return;
    }
    PlanFit fit = fit();
    if (!fit.fits()) {
      refuseWaiting(fit);
      return;
    }
    while (canGoOn() && !state.ended) {
      giveUp(fit);
    }
    if (state.windows != null && !state.ended) {
      end(fit);
    }
    while (isWaiting()) {
      farAhead(state.waiting.removeFirst());
    }
  }
}
