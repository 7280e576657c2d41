package io.physiowave.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.model.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdTuningTest {
  /** Rows are windows: a timid label, an overbold one, one that is always there, one that never. */
  private static final float[] PROBABILITIES = {
    0.30f, 0.95f, 0.9f, 0.1f, //
    0.25f, 0.70f, 0.8f, 0.2f, //
    0.10f, 0.65f, 0.7f, 0.3f, //
    0.05f, 0.90f, 0.6f, 0.4f, //
  };

  private static final WindowLabels TRUTH =
      new WindowLabels(4, new int[] {1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0});

  private static Answers answers() {
    float[] logits = new float[PROBABILITIES.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(PROBABILITIES[i] / (1 - PROBABILITIES[i]));
    }
    return new Answers(Task.MULTILABEL, 4, logits);
  }

  @Test
  void eachLabelGetsTheThresholdOfItsLargestF1NextToAHalf() {
    List<Double> thresholds = new ThresholdTuning(answers(), TRUTH).thresholds();
    assertThat(thresholds.get(0)).isBetween(0.2, 0.25);
    assertThat(thresholds.get(1)).isBetween(0.7, 0.72);
  }

  @Test
  void whatCannotBeTunedKeepsAHalf() {
    List<Double> thresholds = new ThresholdTuning(answers(), TRUTH).thresholds();
    assertThat(thresholds.subList(2, 4)).containsExactly(0.5, 0.5);
  }

  @Test
  void theFiguresFollow() {
    List<Double> thresholds = new ThresholdTuning(answers(), TRUTH).thresholds();
    Figures tuned = Figures.of(answers(), TRUTH, new Decision(List.of(), 0, 1, thresholds));
    Figures untuned = Figures.of(answers(), TRUTH);
    assertThat(untuned.values().get("accuracy")).isEqualTo(0.25);
    assertThat(tuned.values().get("accuracy")).isEqualTo(1);
    assertThat(tuned.values().get("macro_auroc")).isEqualTo(untuned.values().get("macro_auroc"));
  }
}
