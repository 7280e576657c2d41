package io.physiowave.training.measure;

import io.physiowave.core.score.ReceiverOperatingCharacteristic;
import java.util.Arrays;

/**
 * How well scores rank what holds above what does not, as scikit-learn defines both figures.
 *
 * @param scores the higher, the surer, 0 to 1
 * @param holds 1 where it holds, 0 elsewhere; as long as the scores
 */
record Ranking(float[] scores, int[] holds) {

  /** Area under the receiver operating characteristic; NaN when all or none hold. */
  double auroc() {
    float[] both = new float[2 * scores.length];
    for (int i = 0; i < scores.length; i++) {
      both[2 * i + 1] = scores[i];
      // Only ranks count. One minus the score would make ties of all that is below 1e-8.
      both[2 * i] = -scores[i];
    }
    return ReceiverOperatingCharacteristic.macroOneVersusOne(2, holds, both);
  }

  /** Mean precision over the ranks of those that hold; NaN when none does. */
  double averagePrecision() {
    long all = Arrays.stream(holds).sum();
    if (all == 0) {
      return Double.NaN;
    }
    // Sorted as whole numbers: the bits of floats that are not negative rank as the floats do.
    long[] ranked = new long[scores.length];
    Arrays.setAll(ranked, i -> (long) Float.floatToIntBits(scores[i]) << 1 | holds[i]);
    Arrays.sort(ranked);
    double sum = 0;
    long found = 0;
    int next = ranked.length - 1;
    while (next >= 0) {
      long score = ranked[next] >> 1;
      long before = found;
      // What scores alike shares one rank.
      while (next >= 0 && ranked[next] >> 1 == score) {
        found += ranked[next--] & 1;
      }
      sum += (double) (found - before) * (double) found / (ranked.length - 1 - next);
    }
    return sum / (double) all;
  }
}
