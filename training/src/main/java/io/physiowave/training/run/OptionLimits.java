package io.physiowave.training.run;

/** What the values of a training's options must keep to. */
public final class OptionLimits {
  private OptionLimits() {}

  /**
   * Refuses a value that is too small, infinite or no number.
   *
   * @param option its name, for the message
   */
  public static void requireAtLeast(String option, double value, int least) {
    if (!(value >= least && value <= Integer.MAX_VALUE)) {
      boolean whole = value == (long) value;
      throw new IllegalArgumentException(
          option
              + " is "
              + (whole ? String.valueOf((long) value) : String.valueOf(value))
              + "; expected "
              + least
              + " or more");
    }
  }
}
