package io.physiowave.core.calibration;

import java.util.List;

/**
 * How a window scores for one label: {@code offset + sum over channels of weight * strength}, added
 * to the model's logit.
 *
 * @param label one of the model's
 * @param windows that it was learnt from, 1 or more
 * @param offset finite
 * @param weights one a channel, in the order of the model's card, finite
 */
public record LabelScore(String label, int windows, double offset, List<Double> weights) {
  public LabelScore {
    if (label == null || label.isBlank()) {
      throw new InvalidCalibrationException("a label is blank; expected one of the model's");
    }
    if (windows < 1) {
      throw new InvalidCalibrationException(
          "windows of label '" + label + "' is " + windows + "; expected 1 or more");
    }
    if (weights == null) {
      throw new InvalidCalibrationException("label '" + label + "' has no weights");
    }
    weights = List.copyOf(weights);
    if (!Double.isFinite(offset) || !weights.stream().allMatch(Double::isFinite)) {
      throw new InvalidCalibrationException(
          "label '" + label + "' has an offset or a weight that is not finite");
    }
  }
}
