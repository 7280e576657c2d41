package io.physiowave.core.calibration;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.discriminant.LinearDiscriminant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns a {@link StreamCalibration} from windows of which it is known what the wearer did:
 * Fisher's linear discriminant on the strengths of the channels, its covariance shrunk by {@value
 * #SHRINKAGE}, its scores weighed by {@value #WEIGHT} beside the model's logits.
 *
 * <p>Both numbers were chosen on four folds by subject of the UCI gestures, where neighbouring
 * values differ by less than half a point (docs/training.md, "One wearer").
 */
public final class CalibrationFit {
  /** Fewest windows of each label: fewer hardly tell how a gesture varies. */
  public static final int FEWEST_WINDOWS = 5;

  private static final double SHRINKAGE = 0.2;
  private static final double WEIGHT = 0.5;

  private final ModelCard card;
  private final ChannelStrengths strengths;
  private final float[] strengthOf;
  private final LinearDiscriminant discriminant;
  private final int[] windows;

  /**
   * Without windows.
   *
   * @param card of a model of sliding windows
   * @throws InvalidCalibrationException for a model that answers beats, or no labels
   */
  public CalibrationFit(ModelCard card) {
    requireSliding(card);
    this.card = card;
    int channels = card.channels().size();
    strengths = new ChannelStrengths(channels, card.unit());
    strengthOf = new float[channels];
    discriminant = new LinearDiscriminant(channels, card.labels().size());
    windows = new int[card.labels().size()];
  }

  /**
   * Whether a model can be calibrated at all.
   *
   * @throws InvalidCalibrationException when it answers beats, or gives no labels
   */
  public static void requireSliding(ModelCard card) {
    if (!(card.windowing() instanceof Windowing.Sliding) || card.labels().isEmpty()) {
      throw new InvalidCalibrationException(
          "model "
              + card.name()
              + (card.labels().isEmpty() ? " gives no labels" : " answers beats")
              + "; only models that label sliding windows are calibrated");
    }
  }

  /**
   * Takes a window.
   *
   * @param label what the wearer did, one of the model's labels
   * @param window {@code float[channels * samples]}, row after row, in the card's unit
   */
  public void add(String label, float[] window) {
    int index = card.labels().indexOf(label);
    if (index < 0) {
      throw new InvalidCalibrationException(
          "label '" + label + "' is not the model's; expected one of " + card.labels());
    }
    strengths.of(window, strengthOf);
    discriminant.add(strengthOf, 0, index);
    windows[index]++;
  }

  /** Windows taken so far, by label in the card's order. */
  public Map<String, Integer> windows() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < windows.length; i++) {
      counts.put(card.labels().get(i), windows[i]);
    }
    return counts;
  }

  /**
   * Fits.
   *
   * @param stream whose windows they were
   * @throws InvalidCalibrationException when a label has fewer than {@value #FEWEST_WINDOWS}
   *     windows
   */
  public StreamCalibration fit(String stream, Instant now) {
    for (int i = 0; i < windows.length; i++) {
      if (windows[i] < FEWEST_WINDOWS) {
        throw new InvalidCalibrationException(
            "label '"
                + card.labels().get(i)
                + "' has "
                + windows[i]
                + " windows; expected at least "
                + FEWEST_WINDOWS
                + " of each of "
                + card.labels());
      }
    }
    LinearDiscriminant.Scores scores = discriminant.fit(SHRINKAGE);
    List<LabelScore> labels = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      List<Double> weights = new ArrayList<>();
      for (float value : scores.matrix()[i]) {
        weights.add(WEIGHT * value);
      }
      labels.add(
          new LabelScore(card.labels().get(i), windows[i], WEIGHT * scores.offset()[i], weights));
    }
    return new StreamCalibration(
        StreamCalibration.SCHEMA,
        stream,
        card.name(),
        now.toString(),
        card.unit(),
        StreamCalibration.channelNames(card),
        labels);
  }
}
