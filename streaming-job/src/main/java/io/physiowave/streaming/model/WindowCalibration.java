package io.physiowave.streaming.model;

import java.util.List;

/**
 * What the wearer's calibration says of one window.
 *
 * @param id of the calibration; empty for none
 * @param labels of the models that it holds for, in their order; empty for none
 * @param scores {@code float[labels]}, added to the logits; empty for none
 */
public record WindowCalibration(String id, List<String> labels, float[] scores) {
  /** Nothing. */
  public static final WindowCalibration NONE = new WindowCalibration("", List.of(), new float[0]);

  /** What of it concerns a model: nothing unless that gives the same labels. */
  public WindowCalibration of(ServedModel model) {
    return labels.equals(model.card().labels()) ? this : NONE;
  }

  /** Whether it says nothing. */
  public boolean isNone() {
    return scores.length == 0;
  }
}
