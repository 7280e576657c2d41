package io.physiowave.training.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Whole numbers, 32 bits little-endian, appended to a file of their own until they are moved. */
final class IntColumnFile implements Closeable {
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 14).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * Takes over a file.
   *
   * @param channel open for reading and writing
   */
  IntColumnFile(FileChannel channel) {
    this.channel = channel;
  }

  void add(int value) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.putInt(value);
  }

  /** Keeps the first numbers; the next one follows them. */
  void truncate(long count) throws IOException {
    flush();
    long bytes = count * Integer.BYTES;
    if (channel.size() < bytes) {
      throw new IOException(
          "a column of labels or groups holds "
              + channel.size()
              + " bytes; expected "
              + bytes
              + " to go on with");
    }
    channel.truncate(bytes);
    channel.position(bytes);
  }

  /** Makes what was added outlive the process. */
  void sync() throws IOException {
    flush();
    channel.force(false);
  }

  /** Appends all numbers to another file. */
  void transferTo(FileChannel target) throws IOException {
    flush();
    long size = channel.size();
    for (long done = 0; done < size; ) {
      done += channel.transferTo(done, size - done, target);
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
