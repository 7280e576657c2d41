package io.physiowave.streaming.assemble;

import io.physiowave.core.calibration.InvalidCalibrationException;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.streaming.decode.FrameDecoder;
import io.physiowave.streaming.types.TopicRecord;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;

/**
 * What models are told about the wearer of each stream. Kept until a record without value takes it
 * back, however long the stream is silent: a calibration is read once, an armband worn for years.
 */
final class StreamCalibrations {
  private final ValueState<byte[]> state;

  /**
   * Calibrations in a backend.
   *
   * @param state of the present key: JSON, which has a version of its own
   */
  StreamCalibrations(ValueState<byte[]> state) {
    this.state = state;
  }

  /**
   * Takes a record of the present key; what is no calibration changes nothing.
   *
   * @param stream what is remembered of the stream, or null
   */
  void accept(TopicRecord record, AssemblyState stream, FrameDecoder.Rejections rejections)
      throws IOException {
    StreamCalibration calibration = null;
    if (record.value() != null) {
      try {
        calibration = StreamCalibrationJson.decode(record.value());
      } catch (InvalidCalibrationException e) {
        rejections.rejected(record, RejectionReason.INVALID_CALIBRATION, e.getMessage());
        return;
      }
      if (!calibration.stream().equals(record.keyText())) {
        rejections.rejected(
            record,
            RejectionReason.INVALID_CALIBRATION,
            "the record's key is '"
                + record.keyText()
                + "'; expected its stream '"
                + calibration.stream()
                + "'");
        return;
      }
    }
    if (calibration == null) {
      state.clear();
    } else {
      state.update(StreamCalibrationJson.encode(calibration));
    }
    if (stream != null) {
      stream.calibration = AppliedCalibration.of(calibration);
    }
  }

  /**
   * The calibration of the present key; read from the backend once for as long as the stream is.
   */
  AppliedCalibration of(AssemblyState stream) throws IOException {
    if (stream.calibration == null) {
      byte[] saved = state.value();
      stream.calibration =
          AppliedCalibration.of(saved == null ? null : StreamCalibrationJson.decode(saved));
    }
    return stream.calibration;
  }
}
