package io.physiowave.core.dsp;

/**
 * An output rate over an input rate as a fraction of whole numbers, and the sample positions that
 * follow from it exactly: output sample n sits at input position {@code n * down / up}.
 *
 * @param up output samples in each {@code down} input samples, 1 or more
 * @param down input samples, 1 or more; shares no factor with {@code up}
 */
public record RateRatio(int up, int down) {

  /** Largest relative error of the fraction against the rates it stands for. */
  public static final double MAXIMUM_RELATIVE_ERROR = 5e-7;

  /** The error that is good enough, where numbers of up to {@link #LARGEST} reach it. */
  private static final double WANTED_RELATIVE_ERROR = 1e-7;

  /** Largest number of a fraction: times twice the largest index of a sample it is a long. */
  static final int LARGEST = 1 << 21;

  public RateRatio {
    if (up < 1 || down < 1) {
      throw new IllegalArgumentException(
          "rate ratio is " + up + "/" + down + "; expected whole numbers from 1");
    }
  }

  /**
   * A simple fraction near the ratio of two rates: the first of its continued fraction that is
   * within 1e-7. Over a day the positions of rates with no common measure so drift by less than 9
   * ms. Where a device declares a rate that is off a usual one by less than that takes numbers up
   * to {@value #LARGEST}, 90.00002 Hz in place of 90, it is the last one before, within {@value
   * #MAXIMUM_RELATIVE_ERROR}, or 43 ms a day.
   *
   * @param inputRateHz rate of the input, Hz, more than 0
   * @param outputRateHz rate of the output, Hz, more than 0, within a factor of 1000
   */
  public static RateRatio of(double inputRateHz, double outputRateHz) {
    double ratio = outputRateHz / inputRateHz;
    if (!(inputRateHz > 0 && outputRateHz > 0 && ratio >= 1e-3 && ratio <= 1e3)) {
      throw new IllegalArgumentException(
          "cannot resample from "
              + inputRateHz
              + " Hz to "
              + outputRateHz
              + " Hz; expected rates above 0 within a factor of 1000 of each other");
    }
    long previousUp = 1;
    long previousDown = 0;
    long up = (long) Math.floor(ratio);
    long down = 1;
    double rest = ratio - up;
    while (Math.abs((double) up / down - ratio) > WANTED_RELATIVE_ERROR * ratio) {
      double inverse = 1 / rest;
      long digit = (long) Math.floor(inverse);
      rest = inverse - digit;
      long nextUp = digit * up + previousUp;
      long nextDown = digit * down + previousDown;
      if (nextUp > LARGEST || nextDown > LARGEST) {
        break;
      }
      previousUp = up;
      previousDown = down;
      up = nextUp;
      down = nextDown;
    }
    return new RateRatio((int) up, (int) down);
  }

  /** Whether the rates are equal. */
  public boolean isIdentity() {
    return up == down;
  }

  /** The first output sample at or after an input sample. */
  public long firstOutputAtOrAfter(long input) {
    return -Math.floorDiv(-input * up, down);
  }

  /** The output sample nearest to an input sample; halves go up. */
  public long nearestOutput(long input) {
    return Math.floorDiv(2 * input * up + down, 2L * down);
  }

  /** The input sample nearest to an output sample; halves go up. */
  public long nearestInput(long output) {
    return Math.floorDiv(2 * output * down + up, 2L * up);
  }

  /** The last input sample at or before an output sample. */
  public long inputAtOrBefore(long output) {
    return Math.floorDiv(output * down, up);
  }

  /** How far past {@link #inputAtOrBefore} an output sample sits, in units of 1 / up. */
  public int phase(long output) {
    return (int) Math.floorMod(output * down, (long) up);
  }
}
