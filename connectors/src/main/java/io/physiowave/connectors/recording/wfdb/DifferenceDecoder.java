package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;

/** Format 8: each byte is the difference to the previous sample at the same place in the frame. */
final class DifferenceDecoder implements SampleDecoder {
  private final ByteSource bytes;
  private final long[] values;
  private int place;

  DifferenceDecoder(ByteSource bytes, long[] initialValues) {
    this.bytes = bytes;
    this.values = initialValues.clone();
  }

  @Override
  public long next() throws IOException {
    int difference = bytes.next();
    if (difference == ByteSource.END) {
      return END;
    }
    values[place] += (byte) difference;
    long value = values[place];
    place = (place + 1) % values.length;
    return value;
  }
}
