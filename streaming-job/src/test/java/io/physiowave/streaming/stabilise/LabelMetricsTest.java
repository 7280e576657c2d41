package io.physiowave.streaming.stabilise;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.streaming.testing.RecordedMetrics;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LabelMetricsTest {
  private static final ModelReference MODEL = new ModelReference("m", "1", "ab".repeat(32));

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final LabelMetrics metrics = new LabelMetrics(recorded);

  /** A label whose last sample came at 1 s, was cut at 2 s and answered at 3 s. */
  private static LabelEvent label(String label, long emittedMillis) {
    return new LabelEvent(
        "id",
        "arm",
        "s",
        Modality.EMG,
        MODEL,
        200,
        0,
        40,
        0,
        200_000,
        OptionalLong.empty(),
        label,
        0,
        Map.of(),
        Map.of(),
        SignalQuality.GOOD,
        label.equals(LabelEvent.UNCLASSIFIABLE) ? "why" : "",
        new LabelTiming(1_000_000, 2_000_000, 3_000_000, emittedMillis * 1_000, ""),
        "");
  }

  @Test
  void latencyCountsFromTheArrivalOfTheLastSample() {
    metrics.count(label("FIST", 1_040), null);
    metrics.count(label("FIST", 3_500), null);

    assertThat(recorded.values("physiowave.latencyMillis")).containsExactlyInAnyOrder(40, 2_500);
    assertThat(recorded.gauge("physiowave.le.30.latencyMillisBucket")).isZero();
    assertThat(recorded.gauge("physiowave.le.50.latencyMillisBucket")).isEqualTo(1);
    assertThat(recorded.gauge("physiowave.le.+Inf.latencyMillisBucket")).isEqualTo(2);
  }

  @Test
  void everyLabelCountsOnceAndWithItsCause() {
    metrics.count(label("FIST", 1_040), null);
    for (Unclassifiable cause : Unclassifiable.values()) {
      metrics.count(label(LabelEvent.UNCLASSIFIABLE, 1_040), cause);
    }

    int causes = Unclassifiable.values().length;
    assertThat(recorded.count("physiowave.labelsOut")).isEqualTo(1 + causes);
    assertThat(recorded.count("physiowave.labelsUnclassifiable")).isEqualTo(causes);
    for (Unclassifiable cause : Unclassifiable.values()) {
      assertThat(recorded.count("physiowave.cause." + cause.code() + ".labelsUnclassifiable"))
          .isEqualTo(1);
    }
  }

  @Test
  void theAgeOfTheLastLabelIsThatOfTheLatest() {
    long hourAgo = System.currentTimeMillis() - 3_600_000;
    metrics.count(label("FIST", hourAgo), null);

    assertThat(recorded.gauge("physiowave.lastLabelAgeMillis")).isGreaterThanOrEqualTo(3_600_000);
  }

  @Test
  void onlyEqualLabelsAgree() {
    metrics.count(new LabelComparison(MODEL, MODEL, true));
    metrics.count(new LabelComparison(MODEL, MODEL, false));

    assertThat(recorded.count("physiowave.shadowCompared")).isEqualTo(2);
    assertThat(recorded.count("physiowave.shadowAgreed")).isEqualTo(1);
  }
}
