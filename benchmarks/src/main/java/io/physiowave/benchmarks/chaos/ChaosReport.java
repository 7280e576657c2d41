package io.physiowave.benchmarks.chaos;

import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param seconds for which devices sent
 * @param streams devices
 * @param seed of their signals
 * @param framesSent frames that the broker acknowledged
 * @param labelsExpected windows that these frames hold
 * @param auditLabels labels in the audit topic, committed
 * @param auditMissing windows without a label there
 * @param auditDuplicated labels beyond the first of each window there
 * @param auditUnexpected labels there of windows that do not exist
 * @param auditByModel labels there by model and version
 * @param fastLabels labels in the immediate topic
 * @param fastMissing windows without a label there
 * @param fastRepeated labels beyond the first of each window there; a repeat is allowed
 * @param fastUnexpected labels there of windows that do not exist
 * @param longestSilenceMillis longest time without any label in the immediate topic
 * @param stateBytes size of the last checkpoint
 * @param faults what was done, in order
 * @param passed whether nothing is missing, doubled or unexpected
 */
record ChaosReport(
    double seconds,
    int streams,
    long seed,
    long framesSent,
    long labelsExpected,
    long auditLabels,
    long auditMissing,
    long auditDuplicated,
    long auditUnexpected,
    Map<String, Long> auditByModel,
    long fastLabels,
    long fastMissing,
    long fastRepeated,
    long fastUnexpected,
    long longestSilenceMillis,
    long stateBytes,
    List<Fault> faults,
    boolean passed) {

  ChaosReport {
    faults = List.copyOf(faults);
  }
}
