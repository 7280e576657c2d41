package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WindowAugmenterTest {
  /** Two leads and four context values: two of the rhythm, one of each lead; margins of 2. */
  private static final WindowLayout LAYOUT = new WindowLayout(2, 4, 8, 2, List.of(-1, -1, 0, 1));

  private static float[] stored() {
    float[] stored = new float[3 * 12];
    for (int t = 0; t < 12; t++) {
      stored[t] = t;
      stored[12 + t] = 100 + t;
      stored[24 + t] = 10 * (1 + Math.min(3, Math.max(0, (t - 2) / 2)));
    }
    return stored;
  }

  private static float[] apply(AugmentationOptions options, long seed) {
    float[] window = new float[3 * 8];
    new WindowAugmenter(LAYOUT, options).apply(stored(), window, 0, new SplittableRandom(seed));
    return window;
  }

  private static float[] row(float[] window, int row) {
    return Arrays.copyOfRange(window, row * 8, row * 8 + 8);
  }

  private static AugmentationOptions dropouts(double tail, double head) {
    return new AugmentationOptions(0, 0, 0, 0, 0, 0, 0, 0, tail, head, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void withoutVariationTheMarginIsCutOff() {
    float[] window = apply(AugmentationOptions.NONE, 1);
    assertThat(row(window, 0)).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(row(window, 2)).containsExactly(10, 10, 20, 20, 30, 30, 40, 40);
  }

  @Test
  void aShiftShowsSamplesOfTheMarginAndLeavesTheContext() {
    AugmentationOptions shift =
        new AugmentationOptions(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean[] seen = new boolean[5];
    for (long seed = 0; seed < 40; seed++) {
      float[] window = apply(shift, seed);
      int first = (int) window[0];
      seen[first] = true;
      assertThat(window[8]).isEqualTo(100f + first);
      assertThat(row(window, 2)).containsExactly(10, 10, 20, 20, 30, 30, 40, 40);
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void aSilentLeadTakesItsContextValuesAlong() {
    float[] oneLead = apply(dropouts(1, 0), 1);
    assertThat(row(oneLead, 0)).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(row(oneLead, 1)).containsOnly(0);
    assertThat(row(oneLead, 2)).containsExactly(10, 10, 20, 20, 30, 30, 0, 0);
    float[] otherLead = apply(dropouts(0, 1), 1);
    assertThat(row(otherLead, 0)).containsOnly(0);
    assertThat(row(otherLead, 2)).containsExactly(10, 10, 20, 20, 0, 0, 40, 40);
  }

  @Test
  void swappedLeadsSwapTheirContextValues() {
    float[] window =
        apply(new AugmentationOptions(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), 1);
    assertThat(window[0]).isEqualTo(102f);
    assertThat(row(window, 2)).containsExactly(10, 10, 20, 20, 40, 40, 30, 30);
  }

  @Test
  void theSameRandomNumbersGiveTheSameWindow() {
    AugmentationOptions all =
        new AugmentationOptions(
            2, 0.1, 0.2, 0.1, 0.1, 0.01, 0.2, 0.1, 0.1, 0.1, 0.5, 1, 0.4, 0.5, 0.2, 0);
    assertThat(apply(all, 5)).isEqualTo(apply(all, 5)).isNotEqualTo(apply(all, 6));
  }

  @Nested
  class Options {
    @Test
    void outOfRangeAreNamed() {
      assertThatThrownBy(() -> dropouts(1.5, 0))
          .hasMessageContaining("augment_tail_dropout is 1.5; expected 0 to 1");
      assertThatThrownBy(
              () -> new AugmentationOptions(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
          .hasMessageContaining("augment_stretch is 1.0; expected 0 to below 1");
    }
  }
}
