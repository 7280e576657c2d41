package io.physiowave.core.arrhythmia;

import java.util.Arrays;

/**
 * How irregular a segment of intervals is, by two published methods with their thresholds. The
 * first three measures are of S. Dash, K. H. Chon, S. Lu, E. A. Raeder, "Automatic real time
 * detection of atrial fibrillation", Annals of Biomedical Engineering 2009; 37:1701-1709. A few
 * premature beats in a steady rhythm move them, but not the fourth, which is of A. Petrenas, V.
 * Marozas, L. Sornmo, "Low-complexity detection of atrial fibrillation in continuous long-term
 * monitoring", Computers in Biology and Medicine 2015; 65:184-191 (N = 8, gamma = 30 ms, eta =
 * 0.725). There a median filter takes premature beats out, which here are known and left out by the
 * caller; and it is averaged exponentially in both directions, here over the segment.
 *
 * @param relativeRmssd root mean square of successive differences, divided by the mean interval
 * @param entropy Shannon entropy of the intervals in 16 bins, the 8 longest and the 8 shortest left
 *     out, in [0, 1]
 * @param turningPointRatio share of intervals that are longer, or shorter, than both neighbours
 * @param irregularity share of pairs among 8 successive intervals that differ by 30 ms or more,
 *     averaged, divided by the mean interval in seconds
 */
record FibrillationMeasures(
    double relativeRmssd, double entropy, double turningPointRatio, double irregularity) {
  private static final int OUTLIERS = 8;
  private static final int BINS = 16;
  private static final double LEAST_RELATIVE_RMSSD = 0.1;
  private static final double LEAST_ENTROPY = 0.7;
  private static final double LEAST_TURNING_POINTS = 0.54;
  private static final double MOST_TURNING_POINTS = 0.77;
  private static final int RUN = 8;
  private static final float UNLIKE_SECONDS = 0.03f;
  private static final double LEAST_IRREGULARITY = 0.725;

  /**
   * Measures a segment.
   *
   * @param intervals more than 16, each more than 0, in seconds
   * @param follows whether an interval begins where the one before it ended
   */
  static FibrillationMeasures of(float[] intervals, boolean[] follows) {
    double sum = 0;
    double squares = 0;
    int differences = 0;
    int turns = 0;
    int triples = 0;
    for (int i = 0; i < intervals.length; i++) {
      sum += intervals[i];
      if (i > 0 && follows[i]) {
        double difference = intervals[i] - intervals[i - 1];
        squares += difference * difference;
        differences++;
        if (i > 1 && follows[i - 1]) {
          triples++;
          if (difference * (intervals[i - 1] - intervals[i - 2]) < 0) {
            turns++;
          }
        }
      }
    }
    return new FibrillationMeasures(
        differences == 0 ? 0 : Math.sqrt(squares / differences) * intervals.length / sum,
        entropy(intervals),
        triples == 0 ? 0 : (double) turns / triples,
        unlikeShare(intervals, follows) * intervals.length / sum);
  }

  private static double unlikeShare(float[] intervals, boolean[] follows) {
    int successive = 1;
    int pairs = 0;
    int unlike = 0;
    for (int i = 1; i < intervals.length; i++) {
      successive = follows[i] ? successive + 1 : 1;
      if (successive >= RUN) {
        for (int a = i - RUN + 1; a <= i; a++) {
          for (int b = a + 1; b <= i; b++) {
            pairs++;
            unlike += Math.abs(intervals[a] - intervals[b]) >= UNLIKE_SECONDS ? 1 : 0;
          }
        }
      }
    }
    return pairs == 0 ? 0 : (double) unlike / pairs;
  }

  private static double entropy(float[] intervals) {
    float[] sorted = intervals.clone();
    Arrays.sort(sorted);
    float least = sorted[OUTLIERS];
    float most = sorted[sorted.length - 1 - OUTLIERS];
    int counted = sorted.length - 2 * OUTLIERS;
    if (most <= least) {
      return 0;
    }
    int[] bins = new int[BINS];
    for (int i = OUTLIERS; i < OUTLIERS + counted; i++) {
      bins[Math.min(BINS - 1, (int) ((sorted[i] - least) / (most - least) * BINS))]++;
    }
    double entropy = 0;
    for (int bin : bins) {
      if (bin > 0) {
        double share = (double) bin / counted;
        entropy -= share * Math.log(share) / Math.log(BINS);
      }
    }
    return entropy;
  }

  /** Whether all four say atrial fibrillation. */
  boolean suggestFibrillation() {
    return relativeRmssd > LEAST_RELATIVE_RMSSD
        && entropy > LEAST_ENTROPY
        && turningPointRatio > LEAST_TURNING_POINTS
        && turningPointRatio < MOST_TURNING_POINTS
        && irregularity > LEAST_IRREGULARITY;
  }
}
