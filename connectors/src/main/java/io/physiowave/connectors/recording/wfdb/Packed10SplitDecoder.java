package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;

/**
 * Format 310: two samples sit in bits 1 to 10 of two little-endian 16-bit words, the third in the
 * upper five bits of both, its low half in the first word.
 */
final class Packed10SplitDecoder implements SampleDecoder {
  private final ByteSource bytes;
  private int place;
  private long first;
  private long second;

  Packed10SplitDecoder(ByteSource bytes) {
    this.bytes = bytes;
  }

  @Override
  public long next() throws IOException {
    int now = place;
    place = (place + 1) % 3;
    if (now == 2) {
      return SampleDecoder.signed(first >> 11 | second >> 11 << 5, 10);
    }
    long word = bytes.nextLittleEndian(2);
    if (word == ByteSource.END) {
      return END;
    }
    if (now == 0) {
      first = word;
    } else {
      second = word;
    }
    return SampleDecoder.signed(word >> 1, 10);
  }
}
