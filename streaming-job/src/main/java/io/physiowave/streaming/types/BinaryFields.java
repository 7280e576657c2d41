package io.physiowave.streaming.types;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Fields of varying length in binary records: a length, then the bytes. */
public final class BinaryFields {
  private static final int ABSENT = -1;

  private BinaryFields() {}

  /** Writes bytes, which may be null. */
  public static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    if (bytes == null) {
      out.writeInt(ABSENT);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /** Reads what {@link #writeBytes} wrote. */
  public static byte[] readBytes(DataInput in) throws IOException {
    int length = in.readInt();
    if (length == ABSENT) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** Writes text as UTF-8, of any length; may be null. */
  public static void writeText(String text, DataOutput out) throws IOException {
    writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
  }

  /** Reads what {@link #writeText} wrote. */
  public static String readText(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes values, big-endian. */
  public static void writeFloats(float[] values, DataOutput out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    writeBytes(buffer.array(), out);
  }

  /** Reads what {@link #writeFloats} wrote. */
  public static float[] readFloats(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
