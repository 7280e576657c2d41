package io.physiowave.streaming.assemble;

import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.FrameRecord;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.decode.RejectionCounters;
import io.physiowave.streaming.decode.RejectionReason;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.options.AssembleOptions;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Cuts the windows of each stream. Position is the sample index alone: duplicates are dropped,
 * overlaps trimmed, reordered frames put in order, missing ones given up after a bounded wait; a
 * change of session ends the old one. A stream that falls silent is ended and forgotten.
 *
 * <p>Each stream has at most two timers and at most the windower's state plus the frames that wait.
 * Metrics: those of {@link AssemblyMetrics} and {@link RejectionCounters}.
 */
public final class WindowAssembler
    extends KeyedProcessFunction<String, ArrivedFrame, SignalWindow> {
  private static final long serialVersionUID = 1L;

  private final ModelCatalogue models;
  private final AssembleOptions options;

  private transient WindowPlans plans;
  private transient AssemblyMetrics metrics;
  private transient RejectionCounters rejections;
  private transient ValueState<AssemblyState> states;

  public WindowAssembler(ModelCatalogue models, AssembleOptions options) {
    this.models = models;
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    plans = new WindowPlans(models);
    metrics = new AssemblyMetrics(getRuntimeContext().getMetricGroup());
    rejections = new RejectionCounters(getRuntimeContext().getMetricGroup());
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("assembly", AssemblyStateSerializer.INSTANCE));
  }

  @Override
  public void processElement(ArrivedFrame frame, Context context, Collector<SignalWindow> out)
      throws IOException {
    AssemblyState state = states.value();
    if (state == null) {
      state = new AssemblyState();
    }
    TimerService timers = context.timerService();
    state.lastSeenMillis = timers.currentProcessingTime();
    StreamAssembly assembly = new StreamAssembly(state, plans, options, new Listener(context, out));
    assembly.accept(frame);
    setTimers(state, assembly, timers);
    states.update(state);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SignalWindow> out)
      throws IOException {
    AssemblyState state = states.value();
    if (state == null) {
      return;
    }
    StreamAssembly assembly = new StreamAssembly(state, plans, options, new Listener(context, out));
    if (state.idleTimerMillis != 0 && timestamp >= state.idleTimerMillis) {
      state.idleTimerMillis = 0;
      if (timestamp - state.lastSeenMillis >= options.idleTimeout().toMillis()) {
        assembly.close();
        metrics.streamsExpired.inc();
        if (state.waitTimerMillis != 0) {
          context.timerService().deleteProcessingTimeTimer(state.waitTimerMillis);
        }
        states.clear();
        return;
      }
    }
    if (state.waitTimerMillis != 0 && timestamp >= state.waitTimerMillis) {
      state.waitTimerMillis = 0;
      if (state.waitTimerSample == state.nextSample()) {
        assembly.giveUpNow();
      }
    }
    setTimers(state, assembly, context.timerService());
    states.update(state);
  }

  private void setTimers(AssemblyState state, StreamAssembly assembly, TimerService timers) {
    if (state.idleTimerMillis == 0) {
      state.idleTimerMillis = state.lastSeenMillis + options.idleTimeout().toMillis();
      timers.registerProcessingTimeTimer(state.idleTimerMillis);
    }
    if (assembly.isWaiting() && state.waitTimerMillis == 0) {
      state.waitTimerMillis =
          timers.currentProcessingTime() + Math.max(1, options.reorderWait().toMillis());
      state.waitTimerSample = state.nextSample();
      timers.registerProcessingTimeTimer(state.waitTimerMillis);
    }
  }

  /** Hands out and counts, for the duration of one call. */
  private final class Listener implements AssemblyListener {
    private final Context context;
    private final Collector<SignalWindow> out;

    Listener(Context context, Collector<SignalWindow> out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void window(SignalWindow window) {
      metrics.countWindow(window.quality().level());
      out.collect(window);
    }

    @Override
    public void lost(long samples) {
      metrics.gaps.inc();
      metrics.samplesLost.inc(samples);
    }

    @Override
    public void duplicate() {
      metrics.framesDuplicate.inc();
    }

    @Override
    public void late() {
      metrics.framesLate.inc();
    }

    @Override
    public void early() {
      metrics.framesReordered.inc();
    }

    @Override
    public void rejected(FrameRecord record, RejectionReason reason, String message) {
      rejections.count(reason);
      context.output(RejectedFrame.TAG, new RejectedFrame(record, reason, message));
    }

    @Override
    public long nowMicros() {
      return System.currentTimeMillis() * 1000;
    }
  }
}
