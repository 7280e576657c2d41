package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;

/**
 * Format 8: each byte is the difference to the previous sample of the same signal, which may be in
 * the same frame.
 */
final class DifferenceDecoder implements SampleDecoder {
  private final ByteSource bytes;
  private final int[] signals;
  private final long[] values;
  private int place;

  /**
   * A decoder.
   *
   * @param signals which signal of the file each sample of a frame belongs to
   * @param initialValues what the first difference of each signal adds to
   */
  DifferenceDecoder(ByteSource bytes, int[] signals, long[] initialValues) {
    this.bytes = bytes;
    this.signals = signals.clone();
    this.values = initialValues.clone();
  }

  @Override
  public long next() throws IOException {
    int difference = bytes.next();
    if (difference == ByteSource.END) {
      return END;
    }
    int signal = signals[place];
    values[signal] += (byte) difference;
    place = (place + 1) % signals.length;
    return values[signal];
  }
}
