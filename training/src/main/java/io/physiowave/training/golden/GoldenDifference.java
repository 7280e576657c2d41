package io.physiowave.training.golden;

/**
 * How far one data set is from its reference.
 *
 * @param name of the data set
 * @param largest the largest difference: for arrays the smaller of absolute and relative, for
 *     numbers per parameter relative
 * @param where index of the value, or name of the parameter
 * @param tolerance the largest that is accepted
 */
public record GoldenDifference(String name, double largest, String where, double tolerance) {

  /** Whether the difference is accepted; a difference that is no number is not. */
  public boolean isAccepted() {
    return largest <= tolerance;
  }

  @Override
  public String toString() {
    return String.format(
        "%-26s %.3g of %.3g at %s%s",
        name, largest, tolerance, where, isAccepted() ? "" : "  TOO FAR");
  }
}
