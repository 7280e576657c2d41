package io.physiowave.benchmarks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.SignalQuality;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelCheckTest {
  private final LabelCheck check = new LabelCheck(Set.of("a", "b"));

  private static LabelEvent label(String id) {
    return new LabelEvent(
        id,
        "stream",
        "session",
        Modality.EMG,
        new ModelReference("model", "1", "0".repeat(64)),
        200,
        0,
        96,
        0,
        480_000,
        OptionalLong.empty(),
        "1",
        1,
        Map.of("1", 1f),
        Map.of(),
        SignalQuality.GOOD,
        "",
        new LabelTiming(0, 0, 0, 0),
        "");
  }

  @Test
  void passesWhenAllCameAndCountsRepeats() {
    check.accept(label("a"));
    check.accept(label("b"));
    check.accept(label("a"));

    assertThatCode(check::requireComplete).doesNotThrowAnyException();
    assertThat(check.repeated()).isEqualTo(1);
  }

  @Test
  void failsWhenOneIsMissing() {
    check.accept(label("a"));

    assertThatThrownBy(check::requireComplete)
        .isInstanceOf(LabelsMissingException.class)
        .hasMessageStartingWith("1 of 2 labels are missing and 0 came that do not belong");
  }

  @Test
  void failsWhenOneDoesNotBelong() {
    check.accept(label("a"));
    check.accept(label("b"));
    check.accept(label("c"));

    assertThatThrownBy(check::requireComplete).hasMessageContaining("1 came that do not belong");
  }
}
