package io.physiowave.training.dataset;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * An HDF5 file of the published layout, opened for reading: {@value #DATA} {@code (N, C, T)} of any
 * number type, {@value #LABEL} {@code (N)} or {@code (N, K)}, and optionally {@value #GROUP} {@code
 * (N)}, the record or subject of each window.
 *
 * <p>Samples are read when asked for, window by window, whatever the file's size; labels and groups
 * are read at once. Reading is safe from several threads.
 */
public final class WindowFile implements AutoCloseable {
  /** Name of the samples' data set. */
  public static final String DATA = "data";

  /** Name of the labels' data set. */
  public static final String LABEL = "label";

  /** Name of the groups' data set. */
  public static final String GROUP = "group";

  private final Path path;
  private final HdfFile file;
  private final WindowReader reader;
  private final int size;
  private final int rows;
  private final int samples;
  private final Optional<WindowLabels> labels;
  private final Optional<int[]> groups;

  private WindowFile(Path path, HdfFile file, BlockCache blocks) throws IOException {
    this.path = path;
    this.file = file;
    Dataset data = dataset(DATA);
    int[] shape = HdfFiles.shape(path, data);
    if (shape.length != 3) {
      throw new InvalidDatasetException(
          path
              + ": data has shape "
              + Arrays.toString(shape)
              + "; expected (windows, channels, samples)");
    }
    size = shape[0];
    rows = shape[1];
    samples = shape[2];
    if (size == 0 || rows == 0 || samples == 0) {
      throw new InvalidDatasetException(
          path + ": data has shape " + Arrays.toString(shape) + "; expected at least one window");
    }
    if ((long) rows * samples > Integer.MAX_VALUE) {
      throw new InvalidDatasetException(
          path
              + ": a window of data has "
              + (long) rows * samples
              + " samples; expected "
              + Integer.MAX_VALUE
              + " at most");
    }
    reader = WindowReader.of(path, data, blocks);
    labels =
        file.getChildren().containsKey(LABEL)
            ? Optional.of(LabelReader.read(path, dataset(LABEL), size))
            : Optional.empty();
    groups =
        file.getChildren().containsKey(GROUP)
            ? Optional.of(LabelReader.groups(path, dataset(GROUP), size))
            : Optional.empty();
  }

  /**
   * Opens a file and reads its labels.
   *
   * @throws InvalidDatasetException when it is not HDF5, lacks {@code data}, or a data set has
   *     another rank or length than the layout says
   */
  public static WindowFile open(Path path) throws IOException {
    return open(path, BlockCache.ofHeap());
  }

  /** As the other, with a cache that several files share. */
  static WindowFile open(Path path, BlockCache blocks) throws IOException {
    HdfFile file = HdfFiles.open(path);
    try {
      return new WindowFile(path, file, blocks);
    } catch (HdfException e) {
      file.close();
      throw HdfFiles.damaged(path, e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Dataset dataset(String name) throws InvalidDatasetException {
    return HdfFiles.find(path, file, name)
        .orElseThrow(
            () ->
                new InvalidDatasetException(
                    path
                        + ": no data set '"
                        + name
                        + "'; the file holds "
                        + file.getChildren().keySet()
                        + (file.getChildren().containsKey(name) ? ", but that is a group" : "")
                        + "; expected data (windows, channels, samples) and "
                        + (name.equals(DATA) ? LABEL : name)));
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** Number of windows. */
  public int size() {
    return size;
  }

  /** Rows of each window. */
  public int rows() {
    return rows;
  }

  /** Samples of each row. */
  public int samples() {
    return samples;
  }

  /** The labels, unless the file has none. */
  public Optional<WindowLabels> labels() {
    return labels;
  }

  /**
   * Reads labels of another data set than {@value #LABEL}, of the same forms.
   *
   * @throws InvalidDatasetException when there is no such data set, or it has another form
   */
  public WindowLabels labels(String name) throws InvalidDatasetException {
    try {
      return LabelReader.read(path, dataset(name), size);
    } catch (HdfException e) {
      throw HdfFiles.damaged(path, e);
    }
  }

  /** The record or subject of each window, when the file tells it. */
  public Optional<int[]> groups() {
    return groups;
  }

  /**
   * Reads one window.
   *
   * @param index its number, from 0
   * @param into receives {@code rows * samples} values, row-major
   * @throws InvalidDatasetException when a sample is not finite, naming it
   */
  public void read(int index, float[] into) throws IOException {
    reader.read(index, into);
    int length = rows * samples;
    float sum = 0;
    for (int i = 0; i < length; i++) {
      // 0 * x is 0 for every finite x and NaN for every other.
      sum += 0f * into[i];
    }
    if (sum != 0) {
      throw notFinite(index, into, length);
    }
  }

  private InvalidDatasetException notFinite(int index, float[] window, int length) {
    int at = 0;
    while (at < length - 1 && Float.isFinite(window[at])) {
      at++;
    }
    return new InvalidDatasetException(
        path
            + ": data["
            + index
            + "]["
            + at / samples
            + "]["
            + at % samples
            + "] is "
            + window[at]
            + "; expected finite samples");
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      file.close();
    }
  }
}
