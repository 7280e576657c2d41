package io.physiowave.streaming.decode;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.types.RecordType;
import io.physiowave.streaming.types.TopicRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A frame with the record it came in.
 *
 * @param frame the decoded frame
 * @param record the record, for the day the frame must be rejected after all
 */
public record ArrivedFrame(SignalFrame frame, TopicRecord record) {
  /** For Flink. */
  public static final TypeInformation<ArrivedFrame> TYPE =
      new RecordType<>(ArrivedFrame.class, ArrivedFrameSerializer.INSTANCE);

  /** The same frame at another place of its trace. */
  public ArrivedFrame at(String place) {
    return new ArrivedFrame(frame, record.at(place));
  }

  /** The stream, by which the job is keyed from here on. */
  public String streamId() {
    return frame.streamId();
  }
}
