package io.physiowave.core.frame;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.physiowave.core.wire.SignalFrame;
import java.io.IOException;

/**
 * Counts a message's fields before anything is made of them: an empty name takes two bytes there,
 * and tens of bytes as an object.
 */
final class WireFields {
  private static final int MAXIMUM_CHANNELS = 256;

  /** A tag and a value or a length. */
  private static final int SMALLEST_FIELD_BYTES = 2;

  /** Four a channel (name, flag of its lead, gain, offset), and what later releases may add. */
  private static final int MAXIMUM_FIELDS = 2_000;

  private int fields;
  private int channels;

  private WireFields() {}

  /**
   * Looks only at tags and lengths. What is no message passes; its parser says what is wrong.
   *
   * @throws InvalidFrameException when there are more fields than a frame has
   */
  static void requireFew(byte[] bytes) {
    if (bytes.length <= MAXIMUM_CHANNELS * SMALLEST_FIELD_BYTES) {
      return;
    }
    try {
      new WireFields().count(CodedInputStream.newInstance(bytes), true);
    } catch (IOException e) {
      // Not a message, which the parser tells better.
    }
  }

  private void count(CodedInputStream input, boolean isFrame) throws IOException {
    int tag;
    while ((tag = input.readTag()) != 0) {
      int number = WireFormat.getTagFieldNumber(tag);
      if (isFrame && number == SignalFrame.CHANNELS_FIELD_NUMBER && ++channels > MAXIMUM_CHANNELS) {
        throw new InvalidFrameException(
            "channels has more than " + MAXIMUM_CHANNELS + " names; expected 1 to 256");
      }
      if (++fields > MAXIMUM_FIELDS) {
        throw new InvalidFrameException(
            "the frame has more than " + MAXIMUM_FIELDS + " fields; expected fewer");
      }
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_START_GROUP, WireFormat.WIRETYPE_END_GROUP -> {
          // What is in a group counts like what is not.
        }
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          if (isFrame && number == SignalFrame.INT16_FIELD_NUMBER) {
            int outer = input.pushLimit(input.readRawVarint32());
            count(input, false);
            input.popLimit(outer);
          } else {
            input.skipField(tag);
          }
        }
        default -> input.skipField(tag);
      }
    }
  }
}
