package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;

/**
 * Format 212: the middle byte of three holds the high bits of the first sample in its low nibble
 * and those of the second in its high nibble.
 */
final class Packed12Decoder implements SampleDecoder {
  private final ByteSource bytes;
  private boolean second;
  private int middle;

  Packed12Decoder(ByteSource bytes) {
    this.bytes = bytes;
  }

  @Override
  public long next() throws IOException {
    int low = bytes.next();
    if (low == ByteSource.END) {
      return END;
    }
    second = !second;
    if (!second) {
      return SampleDecoder.signed((middle & 0xf0) << 4 | low, 12);
    }
    middle = bytes.next();
    if (middle == ByteSource.END) {
      return END;
    }
    return SampleDecoder.signed((middle & 0x0f) << 8 | low, 12);
  }
}
