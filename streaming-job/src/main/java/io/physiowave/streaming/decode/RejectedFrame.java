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
 * @param message why, for people: the field, its value and what is right; never sample values; cut
 *     short beyond {@value #MAXIMUM_CHARACTERS} characters
 */
public record RejectedFrame(TopicRecord record, RejectionReason reason, String message) {
  /** Most characters of a message: a device chooses what is quoted in it. */
  public static final int MAXIMUM_CHARACTERS = 1_000;

  /** Of a longer message, characters kept of its end, which says what is right. */
  private static final int LAST_CHARACTERS = 300;

  private static final String LEFT_OUT = " ... ";

  public RejectedFrame {
    message = shortened(message);
  }

  static String shortened(String message) {
    int length = message.length();
    return length <= MAXIMUM_CHARACTERS
        ? message
        : message.substring(0, MAXIMUM_CHARACTERS - LAST_CHARACTERS - LEFT_OUT.length())
            + LEFT_OUT
            + message.substring(length - LAST_CHARACTERS);
  }

  /** For Flink. */
  public static final TypeInformation<RejectedFrame> TYPE =
      new RecordType<>(RejectedFrame.class, RejectedFrameSerializer.INSTANCE);

  /** The side output on which every station hands out what it rejects. */
  public static final OutputTag<RejectedFrame> TAG = new OutputTag<>("rejected", TYPE);
}
