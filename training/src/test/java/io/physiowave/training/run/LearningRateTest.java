package io.physiowave.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void warmsUpAndFallsAlongACosine() {
    LearningRate rate = LearningRate.warmUpCosine(1e-3, 10, 110);
    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(5)).isCloseTo(5e-4, within(1e-12));
    assertThat(rate.at(10)).isEqualTo(1e-3);
    assertThat(rate.at(60)).isCloseTo(5e-4, within(1e-12));
    assertThat(rate.at(110)).isCloseTo(0, within(1e-12));
  }

  @Test
  void warmsUpAndFallsInALine() {
    LearningRate rate = LearningRate.warmUpLinear(1, 0.2, 4, 12);
    assertThat(rate.at(2)).isEqualTo(0.5);
    assertThat(rate.at(8)).isCloseTo(0.6, within(1e-12));
    assertThat(rate.at(12)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void restartsWithLongerAndLongerFalls() {
    LearningRate rate = LearningRate.cosineRestarts(1, 0, 10, 2);
    assertThat(rate.at(5)).isCloseTo(0.5, within(1e-12));
    assertThat(rate.at(10)).isEqualTo(1);
    assertThat(rate.at(20)).isCloseTo(0.5, within(1e-12));
    assertThat(rate.at(30)).isEqualTo(1);
    assertThat(LearningRate.cosineRestarts(1, 0, 10, 1).at(25)).isCloseTo(0.5, within(1e-12));
  }

  /** Values of PyTorch's OneCycleLR(max_lr=1, total_steps=100, pct_start=0.1). */
  @Test
  void risesAndFallsOnceAsPyTorchDoes() {
    LearningRate rate = LearningRate.oneCycle(1, 100, 0.1);
    assertThat(rate.at(0)).isCloseTo(0.04, within(1e-9));
    assertThat(rate.at(9)).isCloseTo(1, within(1e-9));
    assertThat(rate.at(54)).isCloseTo(0.500002, within(1e-6));
    assertThat(rate.at(99)).isCloseTo(4e-6, within(1e-9));
  }
}
