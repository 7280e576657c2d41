package io.physiowave.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.model.Task;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Worked by hand: four windows, two labels. */
class MultiLabelFiguresTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final WindowLabels TRUTH = new WindowLabels(2, new int[] {1, 0, 0, 1, 1, 1, 0, 0});

  // Above 0.5 where the logit is above 0.
  private static final Answers ANSWERS =
      new Answers(Task.MULTILABEL, 2, new float[] {2, -1, 1, 3, -2, 0.5f, -3, -4});

  private final Map<String, Double> values = Figures.of(ANSWERS, TRUTH).values();

  @Test
  void countsOverAllLabelsAndOverEach() {
    // Given: label 0 to windows 0 and 1, of which 0 has it; label 1 to windows 1 and 2, which have.
    assertThat(values.get("micro_precision")).isCloseTo(3.0 / 4, CLOSE);
    assertThat(values.get("micro_recall")).isCloseTo(3.0 / 4, CLOSE);
    assertThat(values.get("micro_f1")).isCloseTo(3.0 / 4, CLOSE);
    assertThat(values.get("macro_precision")).isCloseTo((0.5 + 1) / 2, CLOSE);
    assertThat(values.get("macro_recall")).isCloseTo((0.5 + 1) / 2, CLOSE);
    assertThat(values.get("macro_f1")).isCloseTo((0.5 + 1) / 2, CLOSE);
  }

  @Test
  void ranksOverAllLabelsAndOverEach() {
    // Label 0 ranks windows 0, 1, 2, 3: three of the four pairs are right.
    assertThat(values.get("macro_auroc")).isCloseTo((0.75 + 1) / 2, CLOSE);
    assertThat(values.get("macro_average_precision")).isCloseTo(((1 + 2.0 / 3) / 2 + 1) / 2, CLOSE);
    // Together: 3+ 2+ 1- 0.5+ -1- -2+ -3- -4-.
    assertThat(values.get("micro_auroc")).isCloseTo((4 + 4 + 3 + 2) / 16.0, CLOSE);
    assertThat(values.get("micro_average_precision"))
        .isCloseTo((1 + 1 + 3.0 / 4 + 4.0 / 6) / 4, CLOSE);
  }

  @Test
  void comparesWindowByWindow() {
    assertThat(values.get("hamming_loss")).isCloseTo(2.0 / 8, CLOSE);
    assertThat(values.get("jaccard")).isCloseTo((1 + 0.5 + 0.5 + 0) / 4, CLOSE);
    assertThat(values.get("accuracy")).isCloseTo(2.0 / 4, CLOSE);
  }
}
