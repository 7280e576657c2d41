package io.physiowave.training.finetune;

import io.physiowave.training.run.LearningRate;
import java.util.Locale;

/**
 * How the learning rate goes through a training.
 *
 * @param kind which form
 * @param learningRate highest rate; {@link Kind#ONECYCLE} goes up to ten times as much
 * @param minimum where {@link Kind#LINEAR} and {@link Kind#COSINE_RESTARTS} fall to
 * @param warmUpEpochs epochs of linear rise; 0 means a tenth of all steps
 * @param restartSteps steps of the first fall of {@link Kind#COSINE_RESTARTS}
 * @param restartFactor each fall is so many times as long as the one before
 */
public record RateSchedule(
    Kind kind,
    double learningRate,
    double minimum,
    int warmUpEpochs,
    int restartSteps,
    int restartFactor) {

  /** The forms of the published {@code --scheduler}. */
  public enum Kind {
    /** Warm-up, then half a cosine down to 0. */
    COSINE,
    /** Half cosines again and again. */
    COSINE_RESTARTS,
    /** One rise and one fall. */
    ONECYCLE,
    /** Warm-up, then a straight line down. */
    LINEAR,
    /** The same rate for ever. */
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RateSchedule {
    if (!(learningRate > 0) || !(minimum >= 0) || warmUpEpochs < 0) {
      throw new IllegalArgumentException(
          "lr is "
              + learningRate
              + ", min_lr "
              + minimum
              + ", warmup_epochs "
              + warmUpEpochs
              + "; expected more than 0, 0 or more and 0 or more");
    }
    if (restartSteps < 1 || restartFactor < 1) {
      throw new IllegalArgumentException(
          "T_0 is " + restartSteps + " and T_mult " + restartFactor + "; expected 1 or more");
    }
  }

  /** The rate of every step. */
  public LearningRate over(int epochs, int stepsPerEpoch) {
    long total = (long) epochs * stepsPerEpoch;
    long warmUp = warmUpEpochs > 0 ? (long) warmUpEpochs * stepsPerEpoch : total / 10;
    return switch (kind) {
      case COSINE -> LearningRate.warmUpCosine(learningRate, warmUp, total);
      case LINEAR -> LearningRate.warmUpLinear(learningRate, minimum, warmUp, total);
      case COSINE_RESTARTS ->
          LearningRate.cosineRestarts(learningRate, minimum, restartSteps, restartFactor);
      case ONECYCLE -> LearningRate.oneCycle(learningRate * 10, total, 0.1);
      case NONE -> LearningRate.constant(learningRate);
    };
  }
}
