package io.physiowave.training.dataset;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Chunked, compressed or otherwise typed data: blocks of whole chunks are decoded once and kept
 * while the cache has room for them. Of chunks that reach through more windows than may be decoded
 * at once a block has as many as may.
 */
final class BlockReader implements WindowReader {
  // Decoding holds a chunk about three times: as it is stored, growing, and whole.
  private static final int CHUNK_SHARE_OF_HEAP = 4;
  private static final int MIB = 1 << 20;

  private final Path path;
  private final Dataset data;
  private final int[] shape;
  // Lies within its header, 64 KiB at most, and is read whole only.
  private final boolean compact;
  private final int blockWindows;
  private final BlockCache blocks;

  /**
   * Looks at how the data is stored.
   *
   * @throws InvalidDatasetException when one chunk alone takes more memory than there is
   */
  BlockReader(Path path, Dataset data, BlockCache blocks) throws InvalidDatasetException {
    this.path = path;
    this.data = data;
    shape = data.getDimensions();
    compact = data.getDataLayout() == DataLayout.COMPACT;
    this.blocks = blocks;
    if (compact) {
      blockWindows = shape[0];
    } else if (data instanceof ChunkedDataset chunked) {
      requireMemory(chunked);
      blockWindows = windowsAtOnce(chunked.getChunkDimensions()[0]);
    } else {
      blockWindows = 1;
    }
  }

  private void requireMemory(ChunkedDataset chunked) throws InvalidDatasetException {
    int[] chunk = chunked.getChunkDimensions();
    long bytes = data.getDataType().getSize();
    for (int axis : chunk) {
      bytes *= axis;
    }
    long most = Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / CHUNK_SHARE_OF_HEAP);
    if (bytes > most) {
      throw new InvalidDatasetException(
          String.format(
              Locale.ROOT,
              "%s: data is stored in chunks of %s, %,d MiB each; expected at most %,d MiB, as"
                  + " h5repack -l data:CHUNK=%dx%dx%d stores it, or a larger heap (-Xmx)",
              path,
              Arrays.toString(chunk),
              bytes / MIB,
              most / MIB,
              Math.min(64, shape[0]),
              shape[1],
              shape[2]));
    }
  }

  private int windowsAtOnce(int chunkWindows) {
    long window = (long) shape[1] * shape[2] * Math.max(Float.BYTES, data.getDataType().getSize());
    return (int) Math.max(1, Math.min(chunkWindows, blocks.largestBlock() / window));
  }

  @Override
  public synchronized void read(int index, float[] into) throws IOException {
    int block = index / blockWindows;
    float[] values = blocks.get(this, block);
    if (values == null) {
      values = decode(block);
      blocks.put(this, block, values);
    }
    int length = shape[1] * shape[2];
    System.arraycopy(values, index % blockWindows * length, into, 0, length);
  }

  private float[] decode(int block) throws IOException {
    int first = block * blockWindows;
    int count = Math.min(blockWindows, shape[0] - first);
    Object slice;
    try {
      slice =
          compact
              ? data.getData()
              : data.getData(new long[] {first, 0, 0}, new int[] {count, shape[1], shape[2]});
    } catch (HdfException e) {
      throw new InvalidDatasetException(
          path + ": data[" + first + "] cannot be decoded: " + e.getMessage(), e);
    }
    float[] values = new float[count * shape[1] * shape[2]];
    int at = 0;
    for (int window = 0; window < count; window++) {
      for (int row = 0; row < shape[1]; row++) {
        copy(Array.get(Array.get(slice, window), row), values, at);
        at += shape[2];
      }
    }
    return values;
  }

  private void copy(Object row, float[] values, int at) {
    if (row instanceof float[] floats) {
      System.arraycopy(floats, 0, values, at, floats.length);
      return;
    }
    for (int i = 0; i < shape[2]; i++) {
      values[at + i] = ((Number) Array.get(row, i)).floatValue();
    }
  }

  @Override
  public void close() {
    blocks.forget(this);
  }
}
