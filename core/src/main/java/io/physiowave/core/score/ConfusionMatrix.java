package io.physiowave.core.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of true against predicted classes, and the figures that follow from them alone. Where a
 * ratio has nothing in its denominator it is 0, as scikit-learn's {@code zero_division=0}; only
 * kappa of a matrix without disagreement by chance is NaN.
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  private ConfusionMatrix(long[][] counts) {
    this.counts = counts;
  }

  /**
   * Takes {@code counts[true][predicted]}.
   *
   * @throws IllegalArgumentException if it is not square, is empty or holds a negative count
   */
  public static ConfusionMatrix of(long[][] counts) {
    long[][] copy = new long[counts.length][];
    for (int truth = 0; truth < counts.length; truth++) {
      if (counts[truth].length != counts.length) {
        throw new IllegalArgumentException(
            "confusion matrix: row "
                + truth
                + " has "
                + counts[truth].length
                + " columns; expected "
                + counts.length);
      }
      if (Arrays.stream(counts[truth]).anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException(
            "confusion matrix: row "
                + truth
                + " is "
                + Arrays.toString(counts[truth])
                + "; counts are never negative");
      }
      copy[truth] = counts[truth].clone();
    }
    if (copy.length == 0) {
      throw new IllegalArgumentException("confusion matrix: no classes; expected at least one");
    }
    return new ConfusionMatrix(copy);
  }

  /**
   * Counts pairs of labels.
   *
   * @param truth true class of each window, 0 to classes - 1
   * @param predicted predicted class of each window, 0 to classes - 1
   * @throws IllegalArgumentException if the lengths differ or a class is out of range
   */
  public static ConfusionMatrix of(int classes, int[] truth, int[] predicted) {
    if (truth.length != predicted.length) {
      throw new IllegalArgumentException(
          truth.length + " true labels but " + predicted.length + " predictions");
    }
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < truth.length; i++) {
      counts[checked(classes, "true label", truth[i], i)][
          checked(classes, "prediction", predicted[i], i)]++;
    }
    return of(counts);
  }

  private static int checked(int classes, String what, int label, int index) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          what + " " + index + " is " + label + "; expected 0 to " + (classes - 1));
    }
    return label;
  }

  /** Number of classes. */
  public int classes() {
    return counts.length;
  }

  /** Windows of one true class predicted as another. */
  public long count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /** All windows. */
  public long total() {
    return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).sum();
  }

  /** Windows whose true class it is. */
  public long support(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  /** Windows predicted as this class. */
  public long predicted(int label) {
    return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
  }

  /** Share of the windows of a class that are found (sensitivity), 0 to 1. */
  public double recall(int label) {
    return ratio((double) counts[label][label], (double) support(label));
  }

  /** Share of the predictions of a class that are right (positive predictivity), 0 to 1. */
  public double precision(int label) {
    return ratio((double) counts[label][label], (double) predicted(label));
  }

  /** Harmonic mean of precision and recall, 0 to 1. */
  public double f1(int label) {
    return ratio(2.0 * counts[label][label], (double) (support(label) + predicted(label)));
  }

  /** Share of windows labelled rightly, 0 to 1. */
  public double accuracy() {
    long hits = 0;
    for (int label = 0; label < classes(); label++) {
      hits += counts[label][label];
    }
    return ratio((double) hits, (double) total());
  }

  /** Mean recall of the classes that occur in the truth, 0 to 1. */
  public double balancedAccuracy() {
    double sum = 0;
    int occurring = 0;
    for (int label = 0; label < classes(); label++) {
      if (support(label) > 0) {
        sum += recall(label);
        occurring++;
      }
    }
    return ratio(sum, occurring);
  }

  /** Cohen's kappa: agreement beyond chance, -1 to 1. */
  public double cohenKappa() {
    double total = (double) total();
    double byChance = 0;
    for (int label = 0; label < classes(); label++) {
      byChance += (double) support(label) / total * ((double) predicted(label) / total);
    }
    return (accuracy() - byChance) / (1 - byChance);
  }

  /** Mean F1 weighted by support, 0 to 1. */
  public double weightedF1() {
    double sum = 0;
    for (int label = 0; label < classes(); label++) {
      sum += f1(label) * (double) support(label);
    }
    return ratio(sum, (double) total());
  }

  /** The counts as nested lists {@code [true][predicted]}, for a model card. */
  public List<List<Long>> toLists() {
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return List.copyOf(rows);
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix && Arrays.deepEquals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(counts);
  }
}
