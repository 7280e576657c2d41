package io.physiowave.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.model.Task;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecisionCalibrationTest {
  /** 95 windows of class 0 and 5 of class 1 that a timid model answers with class 0. */
  private static final int[] TRUTH = new int[100];

  private static final Answers TIMID = timid();

  private static Answers timid() {
    SplittableRandom random = new SplittableRandom(1);
    float[] logits = new float[300];
    for (int i = 0; i < 100; i++) {
      TRUTH[i] = i < 95 ? 0 : 1;
      logits[3 * i] = 2;
      logits[3 * i + 1] = (float) (TRUTH[i] == 1 ? 1 : -1 - random.nextDouble());
      logits[3 * i + 2] = -4;
    }
    return new Answers(Task.CLASSIFICATION, 3, logits);
  }

  @Test
  void nothingIsTunedWithoutAGoal() {
    assertThat(new DecisionCalibration(CalibrationGoal.NONE, TIMID, TRUTH).bias())
        .containsExactly(0, 0, 0);
  }

  @Test
  void aTimidClassIsHelpedAndAnAbsentOneLeftAlone() {
    double[] bias = new DecisionCalibration(CalibrationGoal.BALANCED_ACCURACY, TIMID, TRUTH).bias();
    assertThat(bias[2]).isZero();
    Figures figures = Figures.of(TIMID.withBias(bias), WindowLabels.classes(TRUTH));
    assertThat(figures.values().get("balanced_accuracy")).isEqualTo(1);
  }
}
