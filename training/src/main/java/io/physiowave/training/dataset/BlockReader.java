package io.physiowave.training.dataset;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;

/**
 * Chunked, compressed or otherwise typed data: blocks of whole chunks are decoded once and kept
 * while the cache has room for them.
 */
final class BlockReader implements WindowReader {
  private final Path path;
  private final Dataset data;
  private final int[] shape;
  // Lies within its header, 64 KiB at most, and is read whole only.
  private final boolean compact;
  private final int blockWindows;
  private final BlockCache blocks;

  BlockReader(Path path, Dataset data, BlockCache blocks) {
    this.path = path;
    this.data = data;
    shape = data.getDimensions();
    compact = data.getDataLayout() == DataLayout.COMPACT;
    blockWindows =
        compact
            ? shape[0]
            : data instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[0] : 1;
    this.blocks = blocks;
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
