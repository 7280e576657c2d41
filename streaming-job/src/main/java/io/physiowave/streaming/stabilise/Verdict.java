package io.physiowave.streaming.stabilise;

import io.physiowave.core.label.ProbabilityLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * What one window alone says.
 *
 * @param label position of the label in the card's order, or {@link #NONE}
 * @param cause why there is no label, for machines; null when there is one
 * @param reason why there is no label, for people; empty otherwise
 */
public record Verdict(int label, Unclassifiable cause, String reason) {
  /** Marks a window without a label. */
  public static final int NONE = -1;

  /** By how much a sum of probabilities may be off in float. */
  private static final float ROUNDING = 1e-4f;

  /** Digits behind the point that a reason has at least. */
  private static final int HUNDREDTHS = 2;

  /**
   * Judges a model's answer.
   *
   * @param probabilities in the card's order; anything but a value in [0, 1] says that the graph
   *     overflowed, or gives something else than probabilities
   * @param labels names, for the reason
   * @param minimumProbability below it nothing is said
   */
  public static Verdict of(float[] probabilities, List<String> labels, double minimumProbability) {
    int best = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (!isProbability(probabilities[i])) {
        return unclassifiable(Unclassifiable.NOT_A_NUMBER, noProbability(probabilities[i]));
      }
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    if (!ProbabilityLimit.isReached(probabilities[best], minimumProbability)) {
      BigDecimal limit = written(minimumProbability);
      return unclassifiable(
          Unclassifiable.LOW_PROBABILITY,
          String.format(
              Locale.ROOT,
              "probability %s of %s is below %s",
              roundedDown(probabilities[best], limit.scale()),
              labels.get(best),
              limit.toPlainString()));
    }
    return new Verdict(best, null, "");
  }

  private static boolean isProbability(float value) {
    return value >= 0 && value <= 1 + ROUNDING;
  }

  private static String noProbability(float value) {
    return Float.isNaN(value)
        ? "the model's answer is not a number"
        : String.format(
            Locale.ROOT, "the model's answer %.2g is no probability; expected 0 to 1", value);
  }

  /** A limit in the precision in which it holds, to hundredths at least. */
  private static BigDecimal written(double limit) {
    BigDecimal shortest = new BigDecimal(Float.toString((float) limit)).stripTrailingZeros();
    return shortest.setScale(Math.max(HUNDREDTHS, shortest.scale()));
  }

  /** As many digits as the limit has, so that what is below it also reads so. */
  private static String roundedDown(float probability, int scale) {
    return new BigDecimal(Float.toString(probability))
        .setScale(scale, RoundingMode.FLOOR)
        .toPlainString();
  }

  static Verdict unclassifiable(Unclassifiable cause, String reason) {
    return new Verdict(NONE, cause, reason);
  }

  public boolean hasLabel() {
    return label != NONE;
  }
}
