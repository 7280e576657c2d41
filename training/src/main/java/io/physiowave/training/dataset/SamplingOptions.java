package io.physiowave.training.dataset;

/**
 * Which windows an epoch shows.
 *
 * @param classPower a class is drawn in proportion to its windows raised to this power: 1 keeps the
 *     classes' shares, 0.5 goes half the way to balance, 0 balances them
 * @param groupPower within a class, a record or subject is drawn in proportion to its windows
 *     raised to this power
 * @param windows windows of an epoch; 0 for as many as there are
 */
public record SamplingOptions(double classPower, double groupPower, int windows) {
  /** Every window once an epoch. */
  public static final SamplingOptions ALL = new SamplingOptions(1, 1, 0);

  public SamplingOptions {
    requirePower("sampling_power", classPower);
    requirePower("group_sampling_power", groupPower);
    if (windows < 0) {
      throw new IllegalArgumentException("epoch_windows is " + windows + "; expected 0 or more");
    }
  }

  private static void requirePower(String option, double power) {
    if (!(power >= 0 && power <= 1)) {
      throw new IllegalArgumentException(option + " is " + power + "; expected 0 to 1");
    }
  }

  /** Whether windows are drawn rather than shown once each. */
  public boolean draws() {
    return classPower != 1 || groupPower != 1 || windows != 0;
  }
}
