package io.physiowave.connectors.recording.wfdb;

import java.math.BigDecimal;

/** Numbers as headers spell them. */
final class HeaderText {
  private HeaderText() {}

  /** Shortest decimal form that reads back to the same number, without an exponent. */
  static String number(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value));
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }
}
