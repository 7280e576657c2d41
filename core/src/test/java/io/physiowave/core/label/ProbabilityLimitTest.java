package io.physiowave.core.label;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProbabilityLimitTest {

  @Property
  void aProbabilityThatPrintsAsTheLimitReachesItAndTheNextBelowDoesNot(
      @ForAll @IntRange(max = 10_000) int tenThousandths) {
    String decimal = String.valueOf(tenThousandths / 10_000.0);
    float probability = Float.parseFloat(decimal);
    double limit = Double.parseDouble(decimal);

    assertThat(ProbabilityLimit.isReached(probability, limit)).isTrue();
    assertThat(ProbabilityLimit.isReached(Math.nextDown(probability), limit)).isFalse();
  }

  @Test
  void sevenTenthsOfAModelReachTheOptionOfSevenTenthsThoughTheDoubleIsLarger() {
    assertThat((double) 0.7f).isLessThan(0.7);
    assertThat(ProbabilityLimit.isReached(0.7f, 0.7)).isTrue();
  }

  @Test
  void whatIsNotANumberReachesNothing() {
    assertThat(ProbabilityLimit.isReached(Float.NaN, 0)).isFalse();
  }
}
