package io.physiowave.training.finetune;

import io.physiowave.core.score.ConfusionMatrix;
import java.util.Locale;

/** What the biases of the decision are tuned for, on validation. */
public enum CalibrationGoal {
  /** Nothing is tuned: the most probable class. */
  NONE,
  /** The share of windows labelled rightly. */
  ACCURACY,
  /** The mean sensitivity of the classes that occur. */
  BALANCED_ACCURACY,
  /** The mean of the two before. */
  ACCURACY_AND_SENSITIVITY,
  /** The mean F1 of the classes that occur. */
  MACRO_F1;

  double merit(ConfusionMatrix confusion) {
    return switch (this) {
      case NONE -> 0;
      case ACCURACY -> confusion.accuracy();
      case BALANCED_ACCURACY -> confusion.balancedAccuracy();
      case ACCURACY_AND_SENSITIVITY -> (confusion.accuracy() + confusion.balancedAccuracy()) / 2;
      case MACRO_F1 -> macroF1(confusion);
    };
  }

  private static double macroF1(ConfusionMatrix confusion) {
    double sum = 0;
    int occurring = 0;
    for (int label = 0; label < confusion.classes(); label++) {
      if (confusion.support(label) > 0) {
        sum += confusion.f1(label);
        occurring++;
      }
    }
    return occurring == 0 ? 0 : sum / occurring;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
