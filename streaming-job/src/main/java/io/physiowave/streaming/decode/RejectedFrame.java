package io.physiowave.streaming.decode;

import io.physiowave.core.frame.RejectionReason;
import io.physiowave.streaming.types.RecordType;
import io.physiowave.streaming.types.TopicRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A record that cannot be used, as it came.
 *
 * @param record the record
 * @param reason why, for machines
 * @param message why, for people: the field, its value and what is right; never sample values
 */
public record RejectedFrame(TopicRecord record, RejectionReason reason, String message) {
  /** For Flink. */
  public static final TypeInformation<RejectedFrame> TYPE =
      new RecordType<>(RejectedFrame.class, RejectedFrameSerializer.INSTANCE);

  /** The side output on which every station hands out what it rejects. */
  public static final OutputTag<RejectedFrame> TAG = new OutputTag<>("rejected", TYPE);
}
