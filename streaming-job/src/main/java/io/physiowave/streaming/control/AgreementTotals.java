package io.physiowave.streaming.control;

/**
 * What is counted of a pair of models.
 *
 * @param windows windows that both answered
 * @param agreed of these, windows with the same label
 * @param isReportDue whether a timer will report them
 */
record AgreementTotals(long windows, long agreed, boolean isReportDue) {
  static final AgreementTotals NONE = new AgreementTotals(0, 0, false);

  AgreementTotals with(boolean agrees) {
    return new AgreementTotals(windows + 1, agreed + (agrees ? 1 : 0), true);
  }

  AgreementTotals reported() {
    return new AgreementTotals(windows, agreed, false);
  }
}
