package io.physiowave.core.arrhythmia;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Whole numbers in as few bytes as they need: seven bits each, the lowest first, as protobuf. */
final class PackedNumbers {
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private PackedNumbers() {}

  /** Writes a number, 0 or more; a negative one takes ten bytes. */
  static void write(long number, DataOutput out) throws IOException {
    long rest = number;
    while ((rest & -MORE) != 0) {
      out.writeByte(MORE + (int) (rest & (MORE - 1)));
      rest >>>= BITS;
    }
    out.writeByte((int) rest);
  }

  /** Reads what {@link #write} wrote. */
  static long read(DataInput in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      int part = in.readUnsignedByte();
      number |= (long) (part & (MORE - 1)) << shift;
      if (part < MORE) {
        return number;
      }
    }
    throw new IOException("a packed number has no end");
  }
}
