package io.physiowave.training.run;

/** The learning rate of each optimizer step; it depends on nothing but the step's number. */
@FunctionalInterface
public interface LearningRate {

  /**
   * The rate for a step.
   *
   * @param step counted from 0
   */
  double at(long step);

  /** The same rate for ever. */
  static LearningRate constant(double rate) {
    return step -> rate;
  }

  /**
   * Rises linearly from 0, then falls to 0 along half a cosine.
   *
   * @param warmUpSteps steps until the full rate
   * @param totalSteps steps of the whole training
   */
  static LearningRate warmUpCosine(double rate, long warmUpSteps, long totalSteps) {
    return step ->
        step < warmUpSteps
            ? rate * (double) step / (double) warmUpSteps
            : rate
                * halfCosine(
                    share((double) (step - warmUpSteps), (double) (totalSteps - warmUpSteps)));
  }

  /** Rises linearly from 0, then falls linearly to {@code lowest}; steps as for the cosine. */
  static LearningRate warmUpLinear(double rate, double lowest, long warmUpSteps, long totalSteps) {
    return step ->
        step < warmUpSteps
            ? rate * (double) step / (double) warmUpSteps
            : rate
                + (lowest - rate)
                    * share((double) (step - warmUpSteps), (double) (totalSteps - warmUpSteps));
  }

  /**
   * Falls along half a cosine again and again (Loshchilov and Hutter 2017).
   *
   * @param lowest rate at the end of each fall
   * @param firstSteps steps of the first fall
   * @param factor each fall is so many times as long as the one before, 1 or more
   */
  static LearningRate cosineRestarts(double rate, double lowest, int firstSteps, int factor) {
    return step -> {
      long length = firstSteps;
      long within = step;
      if (factor == 1) {
        within %= length;
      } else {
        while (within >= length) {
          within -= length;
          length *= factor;
        }
      }
      return lowest + (rate - lowest) * halfCosine((double) within / (double) length);
    };
  }

  /**
   * One rise and one fall along half cosines (Smith and Topin 2018), from a 25th of the highest
   * rate up and down to a 250000th.
   *
   * @param highest rate at the top
   * @param totalSteps steps of the whole training
   * @param rise share of the steps before the top
   */
  static LearningRate oneCycle(double highest, long totalSteps, double rise) {
    double first = highest / 25;
    double last = first / 1e4;
    double top = rise * (double) totalSteps - 1;
    return step ->
        (double) step <= top
            ? first + (highest - first) * (1 - halfCosine(top <= 0 ? 1 : (double) step / top))
            : last
                + (highest - last)
                    * halfCosine(share((double) step - top, (double) totalSteps - 1 - top));
  }

  private static double halfCosine(double progress) {
    return 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  private static double share(double part, double whole) {
    return Math.min(1, part / Math.max(1, whole));
  }
}
