package io.physiowave.streaming.decode;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.types.TopicRecord;

/**
 * A frame with the record it came in.
 *
 * @param frame the decoded frame
 * @param record the record, for the day the frame must be rejected after all
 */
public record ArrivedFrame(SignalFrame frame, TopicRecord record) {
  /** The same frame at another place of its trace. */
  public ArrivedFrame at(String place) {
    return new ArrivedFrame(frame, record.at(place));
  }
}
