package io.physiowave.streaming.control;

import io.physiowave.core.label.ModelReference;
import io.physiowave.streaming.stabilise.LabelComparison;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up, for each {@link LabelComparison#pair() pair of models}, how often they agree, and
 * reports it while windows come. The counts are part of the job's state: a replay does not count
 * twice.
 */
public final class ShadowAgreement
    extends KeyedProcessFunction<String, LabelComparison, ModelStatus> {
  private static final long serialVersionUID = 1L;
  private static final Duration REPORT = Duration.ofSeconds(2);
  private static final Duration FORGET = Duration.ofDays(7);

  private transient ValueState<AgreementTotals> totals;
  private transient ValueState<LabelComparison> latest;

  @Override
  public void open(OpenContext context) {
    StateTtlConfig forget = StateTtlConfig.newBuilder(FORGET).build();
    ValueStateDescriptor<AgreementTotals> counted =
        new ValueStateDescriptor<>("totals", AgreementTotalsSerializer.INSTANCE);
    counted.enableTimeToLive(forget);
    totals = getRuntimeContext().getState(counted);
    ValueStateDescriptor<LabelComparison> seen =
        new ValueStateDescriptor<>("latest", LabelComparison.TYPE);
    seen.enableTimeToLive(forget);
    latest = getRuntimeContext().getState(seen);
  }

  @Override
  public void processElement(
      LabelComparison comparison, Context context, Collector<ModelStatus> out) throws IOException {
    AgreementTotals before = totals.value() == null ? AgreementTotals.NONE : totals.value();
    if (!before.isReportDue()) {
      latest.update(comparison);
      long now = context.timerService().currentProcessingTime();
      context.timerService().registerProcessingTimeTimer(now + REPORT.toMillis());
    }
    totals.update(before.with(comparison.agrees()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ModelStatus> out)
      throws IOException {
    AgreementTotals counted = totals.value();
    LabelComparison pair = latest.value();
    if (counted == null || pair == null) {
      return;
    }
    totals.update(counted.reported());
    ModelReference serving = pair.serving();
    out.collect(
        ModelStatus.agreement(
            pair.shadow(),
            new Agreement(serving.version(), serving.sha256(), counted.windows(), counted.agreed()),
            System.currentTimeMillis()));
  }
}
