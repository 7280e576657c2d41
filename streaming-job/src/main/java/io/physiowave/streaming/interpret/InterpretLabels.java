package io.physiowave.streaming.interpret;

import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.event.Hysteresis;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.streaming.options.EventOptions;
import io.physiowave.streaming.stabilise.DecidedLabel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes episodes of a stream's labels, and summaries of its beats, which leave on {@link
 * #SUMMARIES}. All of it follows from the labels in their order, and ids from what they are about,
 * so that a replay repeats both; only the end of a stream that falls silent depends on the clock.
 * Each label is taken by the rules of its own model's card, where the job's options say nothing
 * else; an episode under way goes on by the rules of the model that took over.
 *
 * <p>Each stream has one timer and a bounded history. Metrics, below {@code physiowave}: {@code
 * eventsOut}, {@code summariesOut}, and {@code beatsOutOfOrder}, beats left out since a later one
 * came first.
 */
public final class InterpretLabels extends KeyedProcessFunction<String, DecidedLabel, SignalEvent> {
  private static final long serialVersionUID = 1L;

  /** Summaries of beats. */
  public static final OutputTag<RhythmSummary> SUMMARIES =
      new OutputTag<>("rhythm-summaries", RhythmSummarySerializer.TYPE);

  private final EventOptions options;
  private final Duration idleTimeout;

  private transient Map<EpisodeRules, Hysteresis> rules;
  private transient ValueState<LabelHistory> histories;
  private transient Counter eventsOut;
  private transient Counter summariesOut;
  private transient Counter beatsOutOfOrder;

  /**
   * The station.
   *
   * @param idleTimeout a stream silent for longer is ended and forgotten, more than 0; one with
   *     beats not before an interval of its summaries is over
   */
  public InterpretLabels(EventOptions options, Duration idleTimeout) {
    this.options = options;
    this.idleTimeout = idleTimeout;
  }

  @Override
  public void open(OpenContext context) {
    rules = new HashMap<>();
    histories =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("history", LabelHistorySerializer.INSTANCE));
    MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("physiowave");
    eventsOut = group.counter("eventsOut");
    summariesOut = group.counter("summariesOut");
    beatsOutOfOrder = group.counter("beatsOutOfOrder");
  }

  @Override
  public void processElement(DecidedLabel decided, Context context, Collector<SignalEvent> out)
      throws IOException {
    LabelHistory history = histories.value();
    long now = context.timerService().currentProcessingTime();
    if (history == null) {
      history = new LabelHistory();
      context.timerService().registerProcessingTimeTimer(now + idleTimeout.toMillis());
    }
    history.lastSeenMillis = now;
    boolean taken =
        history.accept(
            decided.label(),
            rules.computeIfAbsent(decided.rules(), options::hysteresis),
            options,
            event -> emit(event, out),
            summary -> emit(summary, context));
    if (!taken) {
      beatsOutOfOrder.inc();
    }
    histories.update(history);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SignalEvent> out)
      throws IOException {
    LabelHistory history = histories.value();
    if (history == null) {
      return;
    }
    long due = history.lastSeenMillis + patience(history).toMillis();
    if (timestamp < due) {
      context.timerService().registerProcessingTimeTimer(due);
      return;
    }
    history.finish(event -> emit(event, out), summary -> emit(summary, context));
    histories.clear();
  }

  /**
   * How long a stream may be silent. With beats at least for an interval, which is over then: if
   * the stream came back within one that was told, it would be told again, with other beats.
   */
  private Duration patience(LabelHistory history) {
    Duration interval = options.rhythmInterval();
    return history.hasBeats() && interval.compareTo(idleTimeout) > 0 ? interval : idleTimeout;
  }

  private void emit(SignalEvent event, Collector<SignalEvent> out) {
    eventsOut.inc();
    out.collect(event);
  }

  private void emit(RhythmSummary summary, Context context) {
    summariesOut.inc();
    context.output(SUMMARIES, summary);
  }
}
