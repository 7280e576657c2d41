package io.physiowave.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankingTest {

  @Test
  void tellsApartWhatAModelIsSureIsNotThere() {
    Ranking ranking =
        new Ranking(new float[] {4e-12f, 1e-12f, 3e-10f, 2e-9f}, new int[] {0, 0, 1, 1});
    assertThat(ranking.auroc()).isEqualTo(1);
    assertThat(ranking.averagePrecision()).isEqualTo(1);
  }

  @Test
  void countsTiesHalf() {
    assertThat(new Ranking(new float[] {0.5f, 0.5f}, new int[] {0, 1}).auroc()).isEqualTo(0.5);
    assertThat(new Ranking(new float[] {0.5f, 0.2f, 0.5f}, new int[] {0, 0, 1}).auroc())
        .isEqualTo(0.75);
  }

  @Test
  void hasNoAreaWhereAllOrNoneHold() {
    assertThat(new Ranking(new float[] {0.1f, 0.9f}, new int[] {1, 1}).auroc()).isNaN();
    assertThat(new Ranking(new float[] {0.1f, 0.9f}, new int[] {0, 0}).auroc()).isNaN();
  }
}
