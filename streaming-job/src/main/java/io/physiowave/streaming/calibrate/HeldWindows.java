package io.physiowave.streaming.calibrate;

import io.physiowave.core.calibration.CalibrationFit;
import io.physiowave.core.calibration.CalibrationScores;
import io.physiowave.core.calibration.InvalidCalibrationException;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.window.CutWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/** The windows of which it is known what the wearer did. */
public final class HeldWindows {
  private final ModelCard card;
  private final List<HeldWindow> windows = new ArrayList<>();
  private int bad;

  /**
   * None yet.
   *
   * @throws InvalidCalibrationException when the model cannot be calibrated
   */
  public HeldWindows(ModelCard card) {
    CalibrationFit.requireSliding(card);
    this.card = card;
  }

  /**
   * Takes a window unless its signal is bad.
   *
   * @param label one of the model's
   * @param round in which repetition, 1 or more
   */
  public void add(String label, int round, CutWindow window) {
    if (window.quality().level() == QualityLevel.BAD) {
      bad++;
    } else {
      windows.add(new HeldWindow(label, round, window.input()));
    }
  }

  /** Windows left out since their signal was bad. */
  public int bad() {
    return bad;
  }

  /** How many windows of each label there are, in the card's order. */
  public Map<String, Integer> counts() {
    return fit(round -> true).windows();
  }

  /**
   * The calibration that all of them make.
   *
   * @throws InvalidCalibrationException when a label has too few
   */
  public StreamCalibration calibration(String stream, Instant now) {
    return fit(round -> true).fit(stream, now);
  }

  /**
   * How often the strengths alone, without the model, tell right what was done: each round by what
   * the others teach. Empty with one round, or when the others have too little of a label.
   */
  public OptionalDouble rightByOtherRounds() {
    int rounds = windows.stream().mapToInt(HeldWindow::round).max().orElse(0);
    long right = 0;
    for (int left = 1; left <= rounds; left++) {
      int round = left;
      CalibrationScores scores;
      try {
        scores = new CalibrationScores(fit(other -> other != round).fit("others", Instant.EPOCH));
      } catch (InvalidCalibrationException e) {
        return OptionalDouble.empty();
      }
      right +=
          windows.stream()
              .filter(window -> window.round() == round)
              .filter(window -> best(scores.of(window.input())).equals(window.label()))
              .count();
    }
    return rounds < 2 ? OptionalDouble.empty() : OptionalDouble.of((double) right / windows.size());
  }

  private CalibrationFit fit(IntPredicate rounds) {
    CalibrationFit fit = new CalibrationFit(card);
    windows.stream()
        .filter(window -> rounds.test(window.round()))
        .forEach(window -> fit.add(window.label(), window.input()));
    return fit;
  }

  private String best(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return card.labels().get(best);
  }
}
