package io.physiowave.training.checkpoint;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads the operands of pickle operations. */
final class PickleInput {
  private final ByteBuffer bytes;

  PickleInput(byte[] pickle) {
    bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  int position() {
    return bytes.position();
  }

  int unsignedByte() {
    return checkedGet() & 0xff;
  }

  int unsignedShort() {
    require(2);
    return bytes.getShort() & 0xffff;
  }

  int signedInt() {
    require(4);
    return bytes.getInt();
  }

  /** A length of four bytes. */
  int length() {
    return checkedLength(signedInt() & 0xffffffffL);
  }

  /** A length of eight bytes. */
  int longLength() {
    require(8);
    return checkedLength(bytes.getLong());
  }

  double bigEndianDouble() {
    require(8);
    return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
  }

  byte[] take(int length) {
    require(length);
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  String text(int length) {
    return new String(take(length), StandardCharsets.UTF_8);
  }

  /** A two's complement number of any length: a Long when it fits, otherwise a Double. */
  Number integer(int length) {
    byte[] little = take(length);
    byte[] big = new byte[little.length];
    for (int index = 0; index < big.length; index++) {
      big[index] = little[little.length - 1 - index];
    }
    return narrow(big.length == 0 ? BigInteger.ZERO : new BigInteger(big));
  }

  static Number narrow(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value.doubleValue();
  }

  /** Up to the end of the line, which is taken too. */
  String line(Charset charset) {
    int start = bytes.position();
    while (checkedGet() != '\n') {
      if (bytes.position() - start > 1 << 20) {
        throw new PickleException("a line is longer than a mebibyte");
      }
    }
    return new String(bytes.array(), start, bytes.position() - 1 - start, charset);
  }

  private byte checkedGet() {
    try {
      return bytes.get();
    } catch (BufferUnderflowException end) {
      throw new PickleException("it ends in the middle");
    }
  }

  private int checkedLength(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new PickleException(
          "a value of " + length + " bytes where " + bytes.remaining() + " are left");
    }
    return (int) length;
  }

  private void require(int count) {
    checkedLength(count);
  }
}
