package io.physiowave.core.score;

import java.util.Arrays;

/** Areas under the receiver operating characteristic, by ranks with ties counted half. */
public final class ReceiverOperatingCharacteristic {
  private ReceiverOperatingCharacteristic() {}

  /**
   * Mean area over all ordered pairs of classes (Hand and Till 2001): for each pair the windows of
   * the two are ranked by the probability of the first. Classes that do not occur are left out.
   *
   * @param classes number of classes K
   * @param truth true class of each of N windows
   * @param probabilities {@code float[N * K]}, window after window
   * @return 0 to 1, or NaN when fewer than two classes occur
   */
  public static double macroOneVersusOne(int classes, int[] truth, float[] probabilities) {
    float[][][] scores = new float[classes][classes][];
    for (int truthClass = 0; truthClass < classes; truthClass++) {
      for (int scored = 0; scored < classes; scored++) {
        scores[truthClass][scored] = scoresOf(truthClass, scored, classes, truth, probabilities);
      }
    }
    double sum = 0;
    int pairs = 0;
    for (int positive = 0; positive < classes; positive++) {
      for (int negative = 0; negative < classes; negative++) {
        float[] of = scores[positive][positive];
        float[] against = scores[negative][positive];
        if (positive != negative && of.length > 0 && against.length > 0) {
          sum += area(of, against);
          pairs++;
        }
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  private static float[] scoresOf(
      int truthClass, int scored, int classes, int[] truth, float[] probabilities) {
    int count = (int) Arrays.stream(truth).filter(label -> label == truthClass).count();
    float[] scores = new float[count];
    int next = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] == truthClass) {
        scores[next++] = probabilities[i * classes + scored];
      }
    }
    Arrays.sort(scores);
    return scores;
  }

  /**
   * Probability that a positive scores above a negative, a tie counting half.
   *
   * @param positives scores in ascending order, at least one
   * @param negatives scores in ascending order, at least one
   */
  static double area(float[] positives, float[] negatives) {
    double wins = 0;
    int below = 0;
    int notAbove = 0;
    for (float score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= score) {
        notAbove++;
      }
      wins += below + 0.5 * (notAbove - below);
    }
    return wins / ((double) positives.length * negatives.length);
  }
}
