package io.physiowave.core.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClassificationMetricsTest {
  private static final int[] TRUTH = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
  private static final float[] PROBABILITIES = {
    .7f, .2f, .1f, .5f, .3f, .2f, .2f, .6f, .2f, .4f, .4f, .2f, .1f, .8f, .1f,
    .3f, .3f, .4f, .2f, .5f, .3f, .1f, .1f, .8f, .25f, .25f, .5f, .6f, .1f, .3f
  };

  @Test
  void figuresAgreeWithScikitLearn() {
    ClassificationMetrics metrics = ClassificationMetrics.of(3, TRUTH, PROBABILITIES);

    Map<String, Double> expected = new LinkedHashMap<>();
    expected.put("accuracy", 0.7);
    expected.put("balanced_accuracy", 0.6944444444444443);
    expected.put("kappa", 0.5454545454545454);
    expected.put("weighted_f1", 0.7);
    expected.put("auroc", 0.8472222222222222);
    assertThat(metrics.values().keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(metrics.values().get(name)).as(name).isCloseTo(value, within(1e-12)));
  }

  @Test
  void equalProbabilitiesGiveTheFirstClass() {
    ClassificationMetrics metrics =
        ClassificationMetrics.of(2, new int[] {0, 1}, new float[] {.5f, .5f, .5f, .5f});

    assertThat(metrics.confusion().predicted(0)).isEqualTo(2);
    assertThat(metrics.macroAuroc()).isEqualTo(0.5);
  }

  @Test
  void oneClassAloneHasNoAreaUnderTheCurve() {
    assertThat(ClassificationMetrics.of(2, new int[] {0}, new float[] {.9f, .1f}).macroAuroc())
        .isNaN();
  }

  @Test
  void aMissingProbabilityIsRefused() {
    assertThatThrownBy(() -> ClassificationMetrics.of(2, new int[] {0, 1}, new float[] {.5f, .5f}))
        .hasMessage("2 probabilities for 2 windows of 2 classes; expected 4");
  }

  @Property(tries = 100)
  void theAreaEqualsTheShareOfRightlyOrderedPairs(
      @ForAll @Size(min = 1, max = 20) float @FloatRange(min = 0, max = 1) [] positives,
      @ForAll @Size(min = 1, max = 20) float @FloatRange(min = 0, max = 1) [] negatives) {
    float[] sortedPositives = positives.clone();
    float[] sortedNegatives = negatives.clone();
    Arrays.sort(sortedPositives);
    Arrays.sort(sortedNegatives);
    double wins = 0;
    for (float positive : positives) {
      for (float negative : negatives) {
        wins += positive > negative ? 1 : positive == negative ? 0.5 : 0;
      }
    }

    assertThat(ReceiverOperatingCharacteristic.area(sortedPositives, sortedNegatives))
        .isCloseTo(wins / (positives.length * negatives.length), within(1e-9));
  }
}
