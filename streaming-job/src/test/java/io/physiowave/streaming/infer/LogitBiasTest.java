package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogitBiasTest {
  @Test
  void scoresAreAddedToTheLogits() {
    float[] row = {0.5f, 0.3f, 0.2f};
    LogitBias.add(new float[] {(float) Math.log(2), 0, 1}, row);
    double sum = 1.0 + 0.3 + 0.2 * Math.E;
    assertThat(row)
        .containsExactly(
            new float[] {(float) (1 / sum), (float) (0.3 / sum), (float) (0.2 * Math.E / sum)},
            within(1e-6f));
  }

  @Test
  void noScoresChangeNothing() {
    float[] row = {0.5f, 0.5f};
    LogitBias.add(new float[0], row);
    assertThat(row).containsExactly(0.5f, 0.5f);
  }

  @Test
  void whatIsNoProbabilityStaysSoAndIsFoundBehind() {
    float[] rows = {2, 3, 5, 0.5f, 0.5f, 0, -0.5f, 1, 0.5f, 1.00001f, 0, 0};
    new LogitBias(List.of(0.0, 0.0, 100.0), 3).apply(rows);
    assertThat(rows)
        .containsExactly(
            new float[] {2, 3, 5, 0.5f, 0.5f, 0, -0.5f, 1, 0.5f, 1, 0, 0}, within(1e-6f));

    for (float[] row : new float[][] {{2, 3, 5}, {-0.5f, 1, 0.5f}}) {
      float[] before = row.clone();
      LogitBias.add(new float[] {1, 2, 3}, row);
      assertThat(row).containsExactly(before);
    }
    float[] rounded = {1.00001f, 0, 0};
    LogitBias.add(new float[] {0, 900, 0}, rounded);
    assertThat(rounded).containsExactly(0, 1, 0);
  }

  @Test
  void largeScoresStayNumbersAndCanOverruleACertainModel() {
    float[] row = {1, 0, 0};
    LogitBias.add(new float[] {-900, 900, 0}, row);
    assertThat(row).containsExactly(0, 1, 0);
  }
}
