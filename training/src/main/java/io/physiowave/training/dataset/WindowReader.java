package io.physiowave.training.dataset;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Reads single windows out of a data set {@code (N, C, T)}. */
interface WindowReader extends AutoCloseable {

  /** Fills the first {@code C * T} values, row-major. */
  void read(int index, float[] into) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * The fastest way to read this data set.
   *
   * @param blocks keeps what had to be decoded
   */
  static WindowReader of(Path path, HdfFile file, Dataset data, BlockCache blocks)
      throws IOException {
    if (data instanceof ContiguousDataset contiguous
        && data.getDataType() instanceof FloatingPoint type
        && type.getSize() == Float.BYTES
        && type.getByteOrder().equals(ByteOrder.LITTLE_ENDIAN)) {
      long address = contiguous.getDataAddress() + file.getUserBlockSize();
      return new ContiguousReader(path, address, data.getDimensions());
    }
    return new BlockReader(path, data, blocks);
  }
}
