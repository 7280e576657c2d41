package io.physiowave.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.calibration.CalibrationFit;
import io.physiowave.core.calibration.CalibrationScores;
import io.physiowave.core.calibration.InvalidCalibrationException;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Provenance;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.dataset.WindowLabels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibratedAnswersTest {
  private static final int SAMPLES = 30;
  private static final int RUN = 6;
  private static final ModelCard CARD =
      new ModelCard(
          ModelCard.SCHEMA,
          "arm",
          "1",
          "gesture-classification",
          Modality.EMG,
          List.of("rest", "fist"),
          List.of(ModelChannel.named("a"), ModelChannel.named("b")),
          "mV",
          200,
          new Windowing.Sliding(SAMPLES, 10),
          List.of(),
          Map.of(),
          new Decision(List.of(), 0, 1),
          21,
          0,
          new Provenance(List.of(), "none", 1, Map.of(), "0", "none", "2026-01-02"),
          List.of());

  /** Two wearers with their armbands turned: a fist is strong in channel a or in channel b. */
  private record Wearers(List<float[]> windows, WindowLabels labels, Optional<int[]> groups)
      implements BatchSource {
    static Wearers of(int rounds) {
      Random random = new Random(1);
      List<float[]> windows = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      List<Integer> groups = new ArrayList<>();
      for (int wearer = 0; wearer < 2; wearer++) {
        for (int run = 0; run < 2 * rounds; run++) {
          for (int i = 0; i < RUN; i++) {
            float[] window = new float[2 * SAMPLES];
            for (int at = 0; at < window.length; at++) {
              boolean strong = run % 2 == 1 && at / SAMPLES == wearer;
              window[at] = (float) (random.nextGaussian() * (strong ? 0.5 : 0.05));
            }
            windows.add(window);
            labels.add(run % 2);
            groups.add(wearer);
          }
        }
      }
      return new Wearers(
          windows,
          WindowLabels.classes(labels.stream().mapToInt(Integer::intValue).toArray()),
          Optional.of(groups.stream().mapToInt(Integer::intValue).toArray()));
    }

    @Override
    public int size() {
      return windows.size();
    }

    @Override
    public String where(int window) {
      return "window " + window;
    }

    @Override
    public WindowBatch batch(int[] order, int epoch, int number, int batchSize) {
      int from = number * batchSize;
      int size = Math.min(batchSize, order.length - from);
      float[] values = new float[size * 2 * SAMPLES];
      int[] indices = new int[size];
      for (int i = 0; i < size; i++) {
        indices[i] = order[from + i];
        System.arraycopy(windows.get(indices[i]), 0, values, i * 2 * SAMPLES, 2 * SAMPLES);
      }
      return new WindowBatch(number, size, values, new float[size * 2], indices);
    }
  }

  @Test
  void eachWearersFirstRoundsCalibrateTheOthers() throws Exception {
    Wearers wearers = Wearers.of(3);
    float[] logits = new float[wearers.size() * 2];
    for (int i = 0; i < wearers.size(); i++) {
      logits[2 * i] = 0.125f * (i % 3);
    }
    CalibratedAnswers answers = CalibratedAnswers.of(CARD, wearers, logits, 1, 7);

    assertThat(answers.wearers()).isEqualTo(2);
    assertThat(answers.windows()).hasSize(2 * 4 * RUN).isSorted();
    CalibrationScores[] scores = {scores(wearers, 0), scores(wearers, 6 * RUN)};
    int right = 0;
    for (int i = 0; i < answers.windows().length; i++) {
      int window = answers.windows()[i];
      float[] added = scores[wearers.groups().get()[window]].of(wearers.windows().get(window));
      assertThat(answers.uncalibrated()[2 * i]).isEqualTo(0.125f * (window % 3));
      assertThat(answers.logits()[2 * i]).isEqualTo(answers.uncalibrated()[2 * i] + added[0]);
      assertThat(answers.logits()[2 * i + 1]).isEqualTo(added[1]);
      int said = answers.logits()[2 * i + 1] > answers.logits()[2 * i] ? 1 : 0;
      right += said == wearers.labels().classOf(window) ? 1 : 0;
    }
    assertThat(right).isEqualTo(answers.windows().length);
  }

  /** Learnt from the first run of each label behind a window. */
  private static CalibrationScores scores(Wearers wearers, int first) {
    CalibrationFit fit = new CalibrationFit(CARD);
    for (int window = first; window < first + 2 * RUN; window++) {
      fit.add(CARD.labels().get(wearers.labels().classOf(window)), wearers.windows().get(window));
    }
    return new CalibrationScores(fit.fit("s", Instant.EPOCH));
  }

  @Test
  void whatCannotBeCalibratedIsSaid() {
    Wearers wearers = Wearers.of(2);
    float[] logits = new float[wearers.size() * 2];
    Wearers nobodys = new Wearers(wearers.windows(), wearers.labels(), Optional.empty());

    assertThatThrownBy(() -> CalibratedAnswers.of(CARD, wearers, logits, 2, 8))
        .isInstanceOf(InvalidCalibrationException.class)
        .hasMessage("no label has more than 2 rounds; nothing is left to answer");
    assertThatThrownBy(() -> CalibratedAnswers.of(CARD, nobodys, logits, 1, 8))
        .hasMessage(
            "the windows have no groups; expected one label each, and a data set 'group' that"
                + " says whose they are");
  }
}
