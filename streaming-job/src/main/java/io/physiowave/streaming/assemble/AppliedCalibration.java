package io.physiowave.streaming.assemble;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.core.calibration.CalibrationScores;
import io.physiowave.core.calibration.LabelScore;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowCalibration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream's calibration, or that it has none, ready for its windows. For one thread. */
final class AppliedCalibration {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedCalibration.class);

  private static final AppliedCalibration NONE = new AppliedCalibration(null);

  private final StreamCalibration calibration;
  private final String id;
  private final List<String> labels;
  private final CalibrationScores scores;

  /** Whether it holds for a model is found out once for as long as the same one serves. */
  private ServedModel checked;

  private boolean holds;

  private AppliedCalibration(StreamCalibration calibration) {
    this.calibration = calibration;
    id = calibration == null ? "" : StreamCalibrationJson.id(calibration);
    labels =
        calibration == null
            ? List.of()
            : calibration.labels().stream().map(LabelScore::label).toList();
    scores = calibration == null ? null : new CalibrationScores(calibration);
  }

  /**
   * Prepares.
   *
   * @param calibration null for none
   */
  static AppliedCalibration of(StreamCalibration calibration) {
    return calibration == null ? NONE : new AppliedCalibration(calibration);
  }

  /** The window with what the calibration says of it; as it was when that does not hold for it. */
  AssignedWindow applied(AssignedWindow assigned) {
    SignalWindow window = assigned.window();
    if (calibration == null
        || window.quality().level() == QualityLevel.BAD
        || !holdsFor(assigned.model(), window)) {
      return assigned;
    }
    return assigned.with(new WindowCalibration(id, labels, scores.of(window.input())));
  }

  private boolean holdsFor(ServedModel model, SignalWindow window) {
    if (!model.equals(checked)) {
      checked = model;
      String mismatch = calibration.mismatch(model.card());
      holds = mismatch.isEmpty();
      if (!holds) {
        LogFields.ofStream(
            window.streamId(),
            window.sessionId(),
            () -> LOG.warn("the stream's calibration {} is not used: {}", id, mismatch));
      }
    }
    return holds;
  }
}
