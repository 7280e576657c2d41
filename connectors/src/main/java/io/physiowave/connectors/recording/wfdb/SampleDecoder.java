package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;

/** Unpacks the samples of one signal file, in file order. */
interface SampleDecoder {
  /** Returned by {@link #next()} at the end of the file. */
  long END = Long.MIN_VALUE;

  /** The next raw sample, or {@link #END} when the file holds no further complete one. */
  long next() throws IOException;

  /**
   * The decoder for a format.
   *
   * @param initialValues one a sample of a frame: what the first differences of format 8 add to
   */
  static SampleDecoder of(SignalFormat format, ByteSource bytes, long[] initialValues) {
    return switch (format) {
      case NONE -> () -> END;
      case DIFFERENCE_8 -> new DifferenceDecoder(bytes, initialValues);
      case INT_16 -> () -> signed(bytes.nextLittleEndian(2), 16);
      case INT_24 -> () -> signed(bytes.nextLittleEndian(3), 24);
      case INT_32 -> () -> signed(bytes.nextLittleEndian(4), 32);
      case INT_16_BIG_ENDIAN -> () -> signed(swapped(bytes.nextLittleEndian(2)), 16);
      case OFFSET_8 -> () -> offset(bytes.nextLittleEndian(1), 8);
      case OFFSET_16 -> () -> offset(bytes.nextLittleEndian(2), 16);
      case PACKED_12 -> new Packed12Decoder(bytes);
      case PACKED_10_SPLIT -> new Packed10SplitDecoder(bytes);
      case PACKED_10 -> new Packed10Decoder(bytes);
    };
  }

  /** Sign-extends the low bits of a number; passes the end on. */
  static long signed(long value, int bits) {
    int shift = Long.SIZE - bits;
    return value == ByteSource.END ? END : value << shift >> shift;
  }

  private static long offset(long value, int bits) {
    return value == ByteSource.END ? END : value - (1L << (bits - 1));
  }

  private static long swapped(long value) {
    return value == ByteSource.END ? value : (value & 0xff) << 8 | value >> 8;
  }
}
