package io.physiowave.training.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Little-endian float32 in one piece: every window is one read at a known place. */
final class ContiguousReader implements WindowReader {
  private final Path path;
  private final long address;
  private final int length;
  private final FileChannel channel;
  private final ByteBuffer bytes;

  ContiguousReader(Path path, long address, int[] shape) throws IOException {
    this.path = path;
    this.address = address;
    length = Math.multiplyExact(shape[1], shape[2]);
    bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public synchronized void read(int index, float[] into) throws IOException {
    bytes.clear();
    long position = address + (long) index * bytes.capacity();
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, position + bytes.position());
      if (count < 0) {
        throw new EOFException(path + ": ends inside data[" + index + "]; the file is truncated");
      }
    }
    bytes.flip().asFloatBuffer().get(into, 0, length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
