package io.physiowave.connectors.recording.wfdb;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Bytes one by one from a buffered stream, without the locks of the standard one. */
final class ByteSource implements Closeable {
  /** Returned by {@link #next()} at the end. */
  static final int END = -1;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  ByteSource(InputStream in) {
    this.in = in;
  }

  /** The next byte, 0 to 255, or {@link #END}. */
  int next() throws IOException {
    if (position == limit) {
      limit = in.read(buffer);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return END;
      }
    }
    return buffer[position++] & 0xff;
  }

  /** The next {@code count} bytes as one little-endian number, or -1 if the source ends first. */
  long nextLittleEndian(int count) throws IOException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int next = next();
      if (next == END) {
        return END;
      }
      value |= (long) next << (8 * i);
    }
    return value;
  }

  /** Skips bytes; stops quietly at the end. */
  void skip(long count) throws IOException {
    for (long left = count; left > 0; left--) {
      if (next() == END) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
