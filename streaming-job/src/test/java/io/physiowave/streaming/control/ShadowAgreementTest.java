package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.label.ModelReference;
import io.physiowave.streaming.stabilise.LabelComparison;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShadowAgreementTest {
  private static final long REPORT = 2_000;
  private static final ModelReference SERVING = model("1", "a");
  private static final ModelReference SHADOW = model("2", "b");

  private KeyedOneInputStreamOperatorTestHarness<String, LabelComparison, ModelStatus> harness;

  private static ModelReference model(String version, String digit) {
    return new ModelReference("gestures", version, digit.repeat(64));
  }

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, LabelComparison, ModelStatus>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new ShadowAgreement()), LabelComparison::pair, Types.STRING);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void compare(ModelReference shadow, boolean... agree) throws Exception {
    for (boolean agrees : agree) {
      harness.processElement(new LabelComparison(SERVING, shadow, agrees), 0);
    }
  }

  private List<Agreement> reported() {
    return harness.extractOutputValues().stream().map(ModelStatus::agreement).toList();
  }

  private static Agreement of(long windows, long agreed) {
    return new Agreement(SERVING.version(), SERVING.sha256(), windows, agreed);
  }

  @Test
  void isReportedOnceForAllWindowsThatCameMeanwhile() throws Exception {
    harness.setProcessingTime(100);
    compare(SHADOW, true, false);
    harness.setProcessingTime(100 + REPORT - 1);
    compare(SHADOW, true);
    assertThat(reported()).isEmpty();
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);

    harness.setProcessingTime(100 + REPORT);

    assertThat(reported()).containsExactly(of(3, 2));
    ModelStatus status = harness.extractOutputValues().get(0);
    assertThat(status.key()).isEqualTo("gestures/agreement");
    assertThat(status.version()).isEqualTo("2");
    assertThat(status.sha256()).isEqualTo(SHADOW.sha256());
    assertThat(status.shadow()).isEqualTo("2");
  }

  @Test
  void isAddedUpFromReportToReportAndToldOnlyWhileWindowsCome() throws Exception {
    compare(SHADOW, true);
    harness.setProcessingTime(REPORT);
    harness.setProcessingTime(5 * REPORT);
    assertThat(reported()).containsExactly(of(1, 1));

    compare(SHADOW, false, false);
    harness.setProcessingTime(6 * REPORT);

    assertThat(reported()).containsExactly(of(1, 1), of(3, 1));
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void ofEachPairIsCountedByItself() throws Exception {
    ModelReference other = model("3", "c");
    compare(SHADOW, true, true);
    compare(other, false);

    harness.setProcessingTime(REPORT);

    assertThat(harness.extractOutputValues())
        .extracting(ModelStatus::version, ModelStatus::agreement)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("2", of(2, 2)),
            org.assertj.core.groups.Tuple.tuple("3", of(1, 0)));
  }

  @Test
  void goesOnWhereACheckpointLeftItAndIsStillReported() throws Exception {
    compare(SHADOW, true, false);
    var snapshot = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    compare(SHADOW, true);
    harness.setProcessingTime(REPORT);

    assertThat(reported()).containsExactly(of(3, 2));
  }

  @Test
  void saysNothingOfAPairThatWasForgottenMeanwhile() throws Exception {
    compare(SHADOW, true);
    harness.setStateTtlProcessingTime(java.time.Duration.ofDays(8).toMillis());

    harness.setProcessingTime(REPORT);

    assertThat(reported()).isEmpty();
  }
}
