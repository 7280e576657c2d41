package io.physiowave.streaming.stabilise;

import io.opentelemetry.api.trace.Span;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.streaming.infer.InferredWindow;
import io.physiowave.streaming.infer.WindowRole;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.StabiliseOptions;
import io.physiowave.streaming.trace.StationTraces;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decides on labels.
 *
 * <ul>
 *   <li>A window whose signal is bad, or whose best label is less probable than the minimum, is
 *       UNCLASSIFIABLE with the reason.
 *   <li>Sliding windows vote: the label is the one that most of the session's last N windows chose,
 *       of several the one chosen last. A beat stands for itself.
 *   <li>What a shadow says is decided alike, by votes of its own, goes to {@link #SHADOW_LABELS},
 *       and is compared with the serving model's label of the same window.
 * </ul>
 *
 * <p>Labels that count leave twice: for those who act on them, and as {@link DecidedLabel} for
 * whoever interprets them. All of it follows from the windows' order, so a replay repeats it.
 * Metrics: those of {@link LabelMetrics}.
 */
public final class LabelStabiliser
    extends KeyedProcessFunction<String, InferredWindow, LabelEvent> {
  private static final long serialVersionUID = 1L;

  /** Labels of models that run beside the serving ones. */
  public static final OutputTag<LabelEvent> SHADOW_LABELS =
      new OutputTag<>("shadow-labels", LabelEventFlinkSerializer.TYPE);

  private final StabiliseOptions options;
  private final Duration forgetAfter;

  private transient Map<String, Judge> judges;
  private transient ValueState<RecentVotes> recentOfServing;
  private transient ValueState<RecentVotes> recentOfShadow;
  private transient UnpairedLabels unpaired;
  private transient LabelMetrics metrics;

  /**
   * The station.
   *
   * @param forgetAfter a stream silent for longer loses its votes, more than 0
   */
  public LabelStabiliser(StabiliseOptions options, Duration forgetAfter) {
    this.options = options;
    this.forgetAfter = forgetAfter;
  }

  /** A model as this station sees it. */
  private record Judge(
      ModelReference reference,
      List<String> labels,
      Map<String, String> labelNames,
      double minimumProbability,
      int votes,
      EpisodeRules rules) {}

  @Override
  public void open(OpenContext context) {
    judges = new HashMap<>();
    recentOfServing = votes("votes");
    recentOfShadow = votes("shadow-votes");
    unpaired = new UnpairedLabels();
    metrics = new LabelMetrics(getRuntimeContext().getMetricGroup());
  }

  private ValueState<RecentVotes> votes(String name) {
    ValueStateDescriptor<RecentVotes> descriptor =
        new ValueStateDescriptor<>(name, RecentVotesSerializer.INSTANCE);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(forgetAfter).build());
    return getRuntimeContext().getState(descriptor);
  }

  @Override
  public void processElement(InferredWindow window, Context context, Collector<LabelEvent> out)
      throws IOException {
    if (!window.isTraced()) {
      stabilise(window, context, out);
      return;
    }
    Span span = StationTraces.begin("stabilise", window.traceparent());
    try {
      stabilise(window.at(StationTraces.placeOf(span, window.traceparent())), context, out);
    } finally {
      span.end();
    }
  }

  private void stabilise(InferredWindow window, Context context, Collector<LabelEvent> out)
      throws IOException {
    Judge judge = judges.computeIfAbsent(window.model().sha256(), sha256 -> judge(window.model()));
    Verdict verdict = verdict(window, judge);
    int label = verdict.label();
    if (!window.isBeat() && judge.votes() > 1) {
      label = vote(window, judge, verdict);
    }
    LabelEvent event = event(window, judge, label, verdict.reason());
    boolean isShadow = window.role() == WindowRole.SHADOWS;
    if (isShadow) {
      context.output(SHADOW_LABELS, event);
    } else {
      metrics.count(event, verdict.cause());
      out.collect(event);
      context.output(DecidedLabel.TAG, new DecidedLabel(event, judge.rules()));
    }
    if (window.role() != WindowRole.SERVES) {
      unpaired
          .add(event, isShadow)
          .ifPresent(
              comparison -> {
                metrics.count(comparison);
                context.output(LabelComparison.TAG, comparison);
              });
    }
  }

  private static Verdict verdict(InferredWindow window, Judge judge) {
    if (window.isAnswered()) {
      return Verdict.of(window.probabilities(), judge.labels(), judge.minimumProbability());
    }
    return window.failure().isEmpty()
        ? Verdict.unclassifiable(Unclassifiable.BAD_SIGNAL, window.quality().reason())
        : Verdict.unclassifiable(Unclassifiable.MODEL_FAILED, window.failure());
  }

  private Judge judge(ServedModel model) {
    ModelCard card = model.card();
    return new Judge(
        model.reference(),
        card.labels(),
        card.labelNames(),
        options.minimumProbability() == null
            ? card.decision().minimumProbability()
            : options.minimumProbability(),
        options.votes() == null ? card.decision().votes() : options.votes(),
        card.decision().episodeRules());
  }

  /** Every window counts for those after it; one without a label has none whatever the vote. */
  private int vote(InferredWindow window, Judge judge, Verdict verdict) throws IOException {
    ValueState<RecentVotes> recent =
        window.role() == WindowRole.SHADOWS ? recentOfShadow : recentOfServing;
    RecentVotes before = recent.value();
    RecentVotes votes =
        (before == null ? RecentVotes.NONE : before)
            .with(
                window.sessionId(),
                window.model().sha256(),
                window.startSample(),
                window.endSample(),
                verdict.label(),
                judge.votes());
    recent.update(votes);
    return verdict.hasLabel() ? votes.winner(judge.labels().size()) : Verdict.NONE;
  }

  private static LabelEvent event(InferredWindow window, Judge judge, int label, String reason) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < window.probabilities().length; i++) {
      probabilities.put(judge.labels().get(i), window.probabilities()[i]);
    }
    long identified = window.isBeat() ? window.beatSample() : window.startSample();
    return new LabelEvent(
        LabelIdentity.of(window.streamId(), window.sessionId(), identified, judge.reference()),
        window.streamId(),
        window.sessionId(),
        window.modality(),
        judge.reference(),
        window.sampleRateHz(),
        window.startSample(),
        window.endSample(),
        window.startMicros(),
        window.endMicros(),
        window.isBeat() ? OptionalLong.of(window.beatSample()) : OptionalLong.empty(),
        label == Verdict.NONE ? LabelEvent.UNCLASSIFIABLE : judge.labels().get(label),
        label == Verdict.NONE ? 0 : Math.min(1, window.probabilities()[label]),
        probabilities,
        window.isAnswered() ? judge.labelNames() : Map.of(),
        window.quality(),
        label == Verdict.NONE ? reason : "",
        new LabelTiming(
            window.arrivalMicros(),
            window.assembledMicros(),
            window.inferredMicros(),
            System.currentTimeMillis() * 1000,
            window.traceparent()),
        window.calibration());
  }
}
