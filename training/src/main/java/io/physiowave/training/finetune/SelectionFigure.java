package io.physiowave.training.finetune;

import java.util.Locale;
import java.util.Map;

/** The validation figure by which the best epoch is chosen. */
public enum SelectionFigure {
  /** The smallest loss: the published choice. */
  VAL_LOSS,
  /** The largest share of windows labelled rightly. */
  VAL_ACCURACY,
  /** The largest mean sensitivity of the classes that occur. */
  VAL_BALANCED_ACCURACY,
  /** The largest mean F1 of the classes that occur. */
  VAL_MACRO_F1,
  /** The largest mean F1, weighted by support. */
  VAL_WEIGHTED_F1,
  /** The largest kappa. */
  VAL_KAPPA,
  /** The largest macro area under the curve. */
  VAL_AUROC,
  /** None: the last epoch is taken, for schedules that were fixed beforehand. */
  LAST;

  /**
   * How good an epoch is; the more the better, and NaN is worst.
   *
   * @param figures of the epoch by name, {@code val_...}
   */
  public double merit(Map<String, Double> figures) {
    if (this == LAST) {
      return Double.MAX_VALUE;
    }
    Double value = figures.get(toString());
    if (value == null) {
      throw new IllegalArgumentException(
          "select_by " + this + " is not among the figures " + figures.keySet());
    }
    if (Double.isNaN(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    return this == VAL_LOSS ? -value : value;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
