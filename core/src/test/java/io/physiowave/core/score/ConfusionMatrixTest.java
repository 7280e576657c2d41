package io.physiowave.core.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(
          3, new int[] {0, 0, 0, 0, 1, 1, 1, 2, 2, 2}, new int[] {0, 0, 1, 0, 1, 2, 1, 2, 2, 0});

  @Nested
  class Counting {
    @Test
    void pairsOfLabelsAreCountedByTruthThenPrediction() {
      assertThat(MATRIX.toLists())
          .isEqualTo(List.of(List.of(3L, 1L, 0L), List.of(0L, 2L, 1L), List.of(1L, 0L, 2L)));
      assertThat(MATRIX.total()).isEqualTo(10);
      assertThat(MATRIX.support(0)).isEqualTo(4);
      assertThat(MATRIX.predicted(1)).isEqualTo(3);
    }

    @Test
    void aLabelOutOfRangeIsRefusedWithItsPosition() {
      assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[] {0, 5}, new int[] {0, 0}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("true label 1 is 5; expected 0 to 1");
    }

    @Test
    void aMatrixThatIsNotSquareIsRefused() {
      assertThatThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, 2}, {3}}))
          .hasMessageContaining("row 1 has 1 columns; expected 2");
    }
  }

  @Nested
  class Figures {
    @Test
    void agreeWithScikitLearn() {
      assertThat(MATRIX.accuracy()).isCloseTo(0.7, within(1e-12));
      assertThat(MATRIX.balancedAccuracy()).isCloseTo(0.6944444444444443, within(1e-12));
      assertThat(MATRIX.cohenKappa()).isCloseTo(0.5454545454545454, within(1e-12));
      assertThat(MATRIX.weightedF1()).isCloseTo(0.7, within(1e-12));
      assertThat(MATRIX.precision(0)).isCloseTo(0.75, within(1e-12));
      assertThat(MATRIX.recall(2)).isCloseTo(2.0 / 3, within(1e-12));
      assertThat(MATRIX.f1(1)).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void aClassThatNeverOccursDoesNotLowerBalancedAccuracy() {
      ConfusionMatrix matrix = ConfusionMatrix.of(3, new int[] {0, 1}, new int[] {0, 1});

      assertThat(matrix.balancedAccuracy()).isEqualTo(1);
      assertThat(matrix.recall(2)).isZero();
    }
  }
}
