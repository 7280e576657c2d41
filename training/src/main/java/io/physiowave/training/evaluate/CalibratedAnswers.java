package io.physiowave.training.evaluate;

import io.physiowave.core.calibration.CalibrationFit;
import io.physiowave.core.calibration.CalibrationScores;
import io.physiowave.core.calibration.InvalidCalibrationException;
import io.physiowave.core.card.ModelCard;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.dataset.WindowLabels;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Answers to windows of wearers for whom the model was calibrated: of each group of windows the
 * first rounds of each label calibrate, and the others are answered. A round is a run of windows of
 * one label; windows must stand in the order in which they were recorded, as {@code prepare} writes
 * them.
 *
 * @param windows that are answered, in order
 * @param wearers groups calibrated
 * @param logits row-major, of these windows, calibrated
 * @param uncalibrated the same as the model alone says
 */
public record CalibratedAnswers(int[] windows, int wearers, float[] logits, float[] uncalibrated) {

  /**
   * Calibrates.
   *
   * @param logits of the model, row-major, of all windows
   * @param rounds of each label that calibrate, 1 or more
   * @throws InvalidCalibrationException when the model cannot be calibrated, windows have several
   *     labels or no groups, a group has too few of a label, or nothing is left to answer
   */
  public static CalibratedAnswers of(
      ModelCard card, BatchSource source, float[] logits, int rounds, int batchSize)
      throws IOException {
    CalibrationFit.requireSliding(card);
    if (source.labels().isMultiLabel() || source.groups().isEmpty()) {
      throw new InvalidCalibrationException(
          "the windows have "
              + (source.groups().isEmpty() ? "no groups" : "several labels each")
              + "; expected one label each, and a data set 'group' that says whose they are");
    }
    int[] groups = source.groups().get();
    int[] round = roundsOf(groups, source.labels());
    Map<Integer, CalibrationFit> fits = new LinkedHashMap<>();
    each(
        source,
        batchSize,
        (window, input) -> {
          CalibrationFit fit =
              fits.computeIfAbsent(groups[window], group -> new CalibrationFit(card));
          if (round[window] <= rounds) {
            fit.add(card.labels().get(source.labels().classOf(window)), input);
          }
        });
    Map<Integer, CalibrationScores> scores = new HashMap<>();
    fits.forEach(
        (group, fit) ->
            scores.put(group, new CalibrationScores(fit.fit("group-" + group, Instant.EPOCH))));
    int[] answered =
        IntStream.range(0, round.length).filter(window -> round[window] > rounds).toArray();
    if (answered.length == 0) {
      throw new InvalidCalibrationException(
          "no label has more than " + rounds + " rounds; nothing is left to answer");
    }
    int classes = card.labels().size();
    float[] alone = new float[answered.length * classes];
    float[] calibrated = new float[alone.length];
    int[] place = new int[round.length];
    for (int i = 0; i < answered.length; i++) {
      place[answered[i]] = i;
      System.arraycopy(logits, answered[i] * classes, alone, i * classes, classes);
    }
    each(
        source,
        batchSize,
        (window, input) -> {
          if (round[window] > rounds) {
            float[] added = scores.get(groups[window]).of(input);
            int row = place[window] * classes;
            for (int label = 0; label < classes; label++) {
              calibrated[row + label] = alone[row + label] + added[label];
            }
          }
        });
    return new CalibratedAnswers(answered, fits.size(), calibrated, alone);
  }

  /** In which run of its label within its group each window stands, from 1. */
  private static int[] roundsOf(int[] groups, WindowLabels labels) {
    int[] round = new int[groups.length];
    Map<Integer, int[]> runs = new HashMap<>();
    int most = IntStream.range(0, groups.length).map(labels::classOf).max().orElse(0) + 1;
    for (int window = 0; window < groups.length; window++) {
      int[] ofGroup = runs.computeIfAbsent(groups[window], group -> new int[most]);
      boolean goesOn =
          window > 0
              && groups[window] == groups[window - 1]
              && labels.classOf(window) == labels.classOf(window - 1);
      if (!goesOn) {
        ofGroup[labels.classOf(window)]++;
      }
      round[window] = ofGroup[labels.classOf(window)];
    }
    return round;
  }

  /** Takes a window. */
  @FunctionalInterface
  private interface Taken {
    void window(int number, float[] input);
  }

  private static void each(BatchSource source, int batchSize, Taken taken) throws IOException {
    int[] order = IntStream.range(0, source.size()).toArray();
    for (int number = 0; number * batchSize < order.length; number++) {
      WindowBatch batch = source.batch(order, 0, number, batchSize);
      int size = batch.windows().length / batch.size();
      float[] input = new float[size];
      for (int i = 0; i < batch.size(); i++) {
        System.arraycopy(batch.windows(), i * size, input, 0, size);
        taken.window(number * batchSize + i, input);
      }
    }
  }
}
