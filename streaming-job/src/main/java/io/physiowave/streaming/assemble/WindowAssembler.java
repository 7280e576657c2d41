package io.physiowave.streaming.assemble;

import io.opentelemetry.api.trace.Span;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.FrameDecoder;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.decode.RejectionCounters;
import io.physiowave.streaming.decode.RejectionLog;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCandidates;
import io.physiowave.streaming.model.ModelCandidatesSerializer;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ModelRoles;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.ServedModelSerializer;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.options.AssembleOptions;
import io.physiowave.streaming.options.DecodeOptions;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.trace.StationTraces;
import io.physiowave.streaming.types.TopicRecord;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes the records of each stream and cuts its windows. Position is the sample index alone:
 * duplicates are dropped, overlaps trimmed, reordered frames put in order, missing ones given up
 * after a bounded wait; a change of session ends the old one. A stream that falls silent is ended
 * and forgotten. A wearer's calibration comes in between and holds from the next window on.
 *
 * <p>Each stream has at most two timers and at most the windower's state plus the frames that wait.
 * Metrics: those of {@link FrameDecoder}, {@link AssemblyMetrics} and {@link RejectionCounters}.
 */
public final class WindowAssembler
    extends KeyedBroadcastProcessFunction<String, TopicRecord, ModelAssignment, AssignedWindow> {
  private static final long serialVersionUID = 1L;

  /** Models that took the place of the job's own, by modality. */
  public static final MapStateDescriptor<String, ServedModel> CHANGED_MODELS =
      new MapStateDescriptor<>("models", Types.STRING, ServedModelSerializer.TYPE);

  /** Models on trial, by modality. */
  public static final MapStateDescriptor<String, ModelCandidates> CANDIDATES =
      new MapStateDescriptor<>("candidates", Types.STRING, ModelCandidatesSerializer.TYPE);

  /** Name of the state that each stream which is remembered has. */
  static final String STREAMS = "assembly";

  private final ModelCatalogue models;
  private final DecodeOptions decoding;
  private final AssembleOptions options;
  private final InferenceOptions inference;
  private final boolean traced;

  private transient StationTraces traces;
  private transient FrameDecoder decoder;
  private transient ServingModels serving;
  private transient AssemblyMetrics metrics;
  private transient RejectionCounters rejections;
  private transient RejectionLog rejectionLog;
  private transient StreamStates states;
  private transient ValueState<AssemblyState> backend;
  private transient StreamCalibrations calibrations;

  /** The station, without traces. */
  public WindowAssembler(
      ModelCatalogue models,
      DecodeOptions decoding,
      AssembleOptions options,
      InferenceOptions inference) {
    this(models, decoding, options, inference, false);
  }

  /**
   * The station.
   *
   * @param models what serves until the models topic says otherwise
   * @param decoding what is taken for a frame
   * @param inference how models are loaded
   * @param traced whether spans are recorded, here and at the stations behind
   */
  public WindowAssembler(
      ModelCatalogue models,
      DecodeOptions decoding,
      AssembleOptions options,
      InferenceOptions inference,
      boolean traced) {
    this.models = models;
    this.decoding = decoding;
    this.options = options;
    this.inference = inference;
    this.traced = traced;
  }

  @Override
  public void open(OpenContext context) {
    traces = StationTraces.open(traced);
    decoder = new FrameDecoder(decoding, getRuntimeContext().getMetricGroup());
    backend =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(STREAMS, AssemblyStateSerializer.INSTANCE));
    remember(0);
    metrics = new AssemblyMetrics(getRuntimeContext().getMetricGroup(), () -> states.count());
    rejections = new RejectionCounters(getRuntimeContext().getMetricGroup());
    rejectionLog = new RejectionLog();
    calibrations =
        new StreamCalibrations(
            getRuntimeContext()
                .getState(
                    new ValueStateDescriptor<>(
                        "calibration", BytePrimitiveArraySerializer.INSTANCE)));
  }

  @Override
  public void processElement(
      TopicRecord record, ReadOnlyContext context, Collector<AssignedWindow> out) throws Exception {
    Listener listener = new Listener(context, out);
    if (record.isCalibration()) {
      calibrations.accept(record, states.get(), listener);
      return;
    }
    Optional<ArrivedFrame> decoded = decoder.decode(record, listener);
    if (decoded.isEmpty()) {
      return;
    }
    ArrivedFrame frame = decoded.get();
    if (!frame.record().isTraced()) {
      assemble(frame, context, listener);
      return;
    }
    String came = frame.record().traceparent();
    Span span = StationTraces.begin("assemble", came);
    try {
      assemble(frame.at(StationTraces.placeOf(span, came)), context, listener);
    } finally {
      span.end();
    }
  }

  private void assemble(ArrivedFrame frame, ReadOnlyContext context, Listener listener)
      throws Exception {
    WindowPlans plans = serving(context).plans();
    serving.takeFailures().forEach(failure -> context.output(ModelFailure.TAG, failure));
    AssemblyState state = states.get();
    boolean isNew = state == null;
    if (isNew) {
      if (states.count() >= options.maximumStreams()) {
        refuseNewStream(frame, listener);
        return;
      }
      state = new AssemblyState();
    }
    listener.calibration = calibrations.of(state);
    TimerService timers = context.timerService();
    state.lastSeenMillis = timers.currentProcessingTime();
    StreamAssembly assembly = new StreamAssembly(state, plans, options, listener);
    assembly.accept(frame);
    if (state.sessionId != null) {
      setTimers(state, assembly, timers);
      if (isNew) {
        states.add(state);
      } else {
        states.put(state);
      }
    }
  }

  private void refuseNewStream(ArrivedFrame frame, Listener listener) {
    listener.rejected(
        frame.record(),
        RejectionReason.TOO_MANY_STREAMS,
        "stream_id is new, and the subtask remembers "
            + states.count()
            + " streams already, of at most "
            + options.maximumStreams()
            + "; expected one that is known, or room that streams silent for "
            + options.idleTimeout().toSeconds()
            + " s leave: see assemble.max-streams");
  }

  @Override
  public void processBroadcastElement(
      ModelAssignment assignment, Context context, Collector<AssignedWindow> out) throws Exception {
    BroadcastState<String, ServedModel> changed = context.getBroadcastState(CHANGED_MODELS);
    BroadcastState<String, ModelCandidates> candidates = context.getBroadcastState(CANDIDATES);
    restoreOnce(changed.immutableEntries(), candidates.immutableEntries());
    serving.change(assignment);
    if (assignment.serving().isPresent()) {
      ServedModel model = assignment.serving().get();
      changed.put(model.card().modality().name(), model);
    }
    candidates.clear();
    for (Map.Entry<Modality, ModelCandidates> entry : serving.wanted().candidates().entrySet()) {
      candidates.put(entry.getKey().name(), entry.getValue());
    }
  }

  private ServingModels serving(ReadOnlyContext context) throws Exception {
    if (serving == null) {
      restoreOnce(
          context.getBroadcastState(CHANGED_MODELS).immutableEntries(),
          context.getBroadcastState(CANDIDATES).immutableEntries());
    }
    return serving;
  }

  /** Flink hands out broadcast state with the first record only. */
  private void restoreOnce(
      Iterable<Map.Entry<String, ServedModel>> changed,
      Iterable<Map.Entry<String, ModelCandidates>> candidates)
      throws InterruptedException {
    if (serving == null) {
      serving = new ServingModels(models, inference);
      ModelCatalogue served = models;
      for (Map.Entry<String, ServedModel> entry : changed) {
        served = served.with(entry.getValue());
      }
      Map<Modality, ModelCandidates> trials = new EnumMap<>(Modality.class);
      candidates.forEach(entry -> trials.put(Modality.valueOf(entry.getKey()), entry.getValue()));
      serving.restore(new ModelRoles(served, trials));
    }
  }

  /** Begins with what a backend of objects holds. */
  void remember(int streams) {
    states = new StreamStates(backend, 0, null, streams);
  }

  /**
   * Begins with what a backend that serialises holds, and keeps the streams seen last as objects.
   *
   * @param keys whose state is read and written
   */
  void remember(int streams, StreamStates.KeyedAccess keys) {
    states = new StreamStates(backend, options.cachedStreams(), keys, streams);
  }

  /**
   * Begins with what a backend holds that holds objects but must be told of each change, and keeps
   * the streams seen last as objects of its own.
   *
   * @param keys whose state is read and written
   */
  void rememberApart(int streams, StreamStates.KeyedAccess keys) {
    states = new StreamStates(new CopiedState(backend), options.cachedStreams(), keys, streams);
  }

  /** Brings the backend up to date, before a checkpoint. */
  void flush() throws IOException {
    states.flush();
  }

  /** For tests: what was counted. */
  AssemblyMetrics metrics() {
    return metrics;
  }

  /** For tests: whether no change of models is still being loaded. */
  boolean hasNoPendingModel() {
    return serving == null || serving.hasNoPending();
  }

  @Override
  public void close() {
    if (serving != null) {
      serving.close();
    }
    if (traces != null) {
      traces.close();
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AssignedWindow> out)
      throws Exception {
    AssemblyState state = states.get();
    if (state == null) {
      return;
    }
    Listener listener = new Listener(context, out);
    listener.calibration = calibrations.of(state);
    StreamAssembly assembly =
        new StreamAssembly(state, serving(context).plans(), options, listener);
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
    states.put(state);
  }

  private void setTimers(AssemblyState state, StreamAssembly assembly, TimerService timers) {
    if (state.idleTimerMillis == 0) {
      state.idleTimerMillis = state.lastSeenMillis + options.idleTimeout().toMillis();
      timers.registerProcessingTimeTimer(state.idleTimerMillis);
    }
    if (state.waitTimerMillis == 0 && assembly.canGoOn()) {
      state.waitTimerMillis =
          timers.currentProcessingTime() + Math.max(1, options.reorderWait().toMillis());
      state.waitTimerSample = state.nextSample();
      timers.registerProcessingTimeTimer(state.waitTimerMillis);
    }
  }

  /** Hands out and counts, for the duration of one call. */
  private final class Listener implements AssemblyListener {
    private final ReadOnlyContext context;
    private final Collector<AssignedWindow> out;
    private AppliedCalibration calibration;

    Listener(ReadOnlyContext context, Collector<AssignedWindow> out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void window(AssignedWindow window) {
      metrics.countWindow(window.window().quality().level());
      AssignedWindow calibrated = calibration.applied(window);
      if (!calibrated.calibration().isNone()) {
        metrics.windowsCalibrated.inc();
      }
      out.collect(calibrated.after(serving.changes()));
    }

    @Override
    public void atWrongRate() {
      metrics.windowsAtWrongRate.inc();
    }

    @Override
    public void lost(long samples) {
      metrics.gaps.inc();
      metrics.samplesLost.inc(samples);
    }

    @Override
    public void duplicate(ArrivedFrame frame) {
      metrics.framesDuplicate.inc();
      if (options.rejectDuplicates()) {
        rejected(
            frame.record(), RejectionReason.DUPLICATE, samples(frame.frame()) + " came before");
      }
    }

    @Override
    public void late(ArrivedFrame frame, String why) {
      metrics.framesLate.inc();
      rejected(frame.record(), RejectionReason.LATE, samples(frame.frame()) + why);
    }

    private String samples(SignalFrame frame) {
      return "samples " + frame.firstSampleIndex() + " to " + (frame.endSampleIndex() - 1);
    }

    @Override
    public void early() {
      metrics.framesReordered.inc();
    }

    @Override
    public void rejected(TopicRecord record, RejectionReason reason, String message) {
      rejections.count(reason);
      rejectionLog.rejected(record, reason, message);
      context.output(RejectedFrame.TAG, new RejectedFrame(record, reason, message));
    }

    @Override
    public long nowMicros() {
      return System.currentTimeMillis() * 1000;
    }
  }
}
