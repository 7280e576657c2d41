package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Unpacks the samples of one signal file, in file order. */
interface SampleDecoder {
  /** Returned by {@link #next()} at the end of the file. */
  long END = Long.MIN_VALUE;

  /** The next raw sample, or {@link #END} when the file holds no further complete one. */
  long next() throws IOException;

  /**
   * The decoder for a file.
   *
   * @param signals that share it, in order; all of one format
   */
  static SampleDecoder of(List<WfdbSignal> signals, ByteSource bytes) {
    return switch (signals.get(0).format()) {
      case NONE -> () -> END;
      case DIFFERENCE_8 ->
          new DifferenceDecoder(
              bytes,
              IntStream.range(0, signals.size())
                  .flatMap(i -> IntStream.generate(() -> i).limit(signals.get(i).samplesPerFrame()))
                  .toArray(),
              signals.stream().mapToLong(WfdbSignal::initialValue).toArray());
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
