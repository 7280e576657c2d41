package io.physiowave.training.dataset;

import io.jhdf.Constants;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FixedPoint;
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
   * @param path of the file that was asked for, whose link may lead to another
   * @param blocks keeps what had to be decoded
   * @throws InvalidDatasetException when it holds no numbers
   */
  static WindowReader of(Path path, Dataset data, BlockCache blocks) throws IOException {
    if (!(data.getDataType() instanceof FloatingPoint)
        && !(data.getDataType() instanceof FixedPoint)) {
      throw new InvalidDatasetException(
          path
              + ": data is of the HDF5 type "
              + data.getDataType().getClass().getSimpleName()
              + "; expected numbers");
    }
    if (data instanceof ContiguousDataset contiguous
        && data.getDataType() instanceof FloatingPoint type
        && type.getSize() == Float.BYTES
        && type.getByteOrder().equals(ByteOrder.LITTLE_ENDIAN)) {
      if (contiguous.getDataAddress() == Constants.UNDEFINED_ADDRESS) {
        throw neverWritten(path);
      }
      long address = contiguous.getDataAddress() + data.getHdfFile().getUserBlockSize();
      return new ContiguousReader(data.getFileAsPath(), address, data.getDimensions());
    }
    if (data instanceof ChunkedDataset && data.isEmpty()) {
      throw neverWritten(path);
    }
    return new BlockReader(path, data, blocks);
  }

  private static InvalidDatasetException neverWritten(Path path) {
    return new InvalidDatasetException(path + ": data was announced but never written");
  }
}
