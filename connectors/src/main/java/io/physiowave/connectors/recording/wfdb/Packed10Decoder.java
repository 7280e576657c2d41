package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;

/** Format 311: three samples follow each other in the low 30 bits of a little-endian word. */
final class Packed10Decoder implements SampleDecoder {
  private final ByteSource bytes;
  private int place;
  private long word;
  private int loaded;

  Packed10Decoder(ByteSource bytes) {
    this.bytes = bytes;
  }

  @Override
  public long next() throws IOException {
    if (place == 0) {
      word = 0;
      loaded = 0;
    }
    // Bytes are taken only as far as the sample reaches: a file may end inside a word.
    for (; loaded * 8 < 10 * (place + 1); loaded++) {
      int next = bytes.next();
      if (next == ByteSource.END) {
        return END;
      }
      word |= (long) next << (8 * loaded);
    }
    long value = SampleDecoder.signed(word >> (10 * place), 10);
    place = (place + 1) % 3;
    return value;
  }
}
