package io.physiowave.training.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The windows of one or several files in a row, or some of them. All have the same rows and
 * samples.
 */
public final class WindowSet implements AutoCloseable {
  private final List<WindowFile> files;
  private final int[] starts;
  private final int[] chosen;
  private final boolean owner;

  private WindowSet(List<WindowFile> files, int[] starts, int[] chosen, boolean owner) {
    this.files = files;
    this.starts = starts;
    this.chosen = chosen;
    this.owner = owner;
  }

  /**
   * Opens files that stay open until {@link #close}.
   *
   * @param paths at least one
   * @throws InvalidDatasetException when a file is invalid or differs from the first in shape
   */
  public static WindowSet open(List<Path> paths) throws IOException {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no HDF5 file was given; expected at least one");
    }
    List<WindowFile> files = new ArrayList<>();
    BlockCache blocks = BlockCache.ofHeap();
    int[] starts = new int[paths.size() + 1];
    try {
      for (Path path : paths) {
        WindowFile file = WindowFile.open(path, blocks);
        files.add(file);
        starts[files.size()] = Math.addExact(starts[files.size() - 1], file.size());
        requireSameShape(files.get(0), file);
      }
    } catch (IOException | RuntimeException e) {
      closeAll(files);
      throw e;
    }
    int[] all = new int[starts[files.size()]];
    Arrays.setAll(all, i -> i);
    return new WindowSet(List.copyOf(files), starts, all, true);
  }

  private static void requireSameShape(WindowFile first, WindowFile file)
      throws InvalidDatasetException {
    if (file.rows() != first.rows() || file.samples() != first.samples()) {
      throw new InvalidDatasetException(
          file.path()
              + ": windows are "
              + file.rows()
              + " x "
              + file.samples()
              + "; expected "
              + first.rows()
              + " x "
              + first.samples()
              + " as in "
              + first.path());
    }
  }

  /** Some of these windows; closing them does not close the files. */
  public WindowSet subset(int[] windows) {
    int[] selection = new int[windows.length];
    Arrays.setAll(selection, i -> chosen[windows[i]]);
    return new WindowSet(files, starts, selection, false);
  }

  /** Number of windows. */
  public int size() {
    return chosen.length;
  }

  /** Rows of each window. */
  public int rows() {
    return files.get(0).rows();
  }

  /** Samples of each row. */
  public int samples() {
    return files.get(0).samples();
  }

  /** The windows of each file, whether or not all of them are among these; in order. */
  public Map<Path, Integer> sizes() {
    Map<Path, Integer> sizes = new LinkedHashMap<>();
    files.forEach(file -> sizes.put(file.path(), file.size()));
    return sizes;
  }

  /** The files in order. */
  public List<Path> paths() {
    return files.stream().map(WindowFile::path).toList();
  }

  /**
   * The labels of all windows.
   *
   * @param classes number of classes, or of labels when each window has several
   * @throws InvalidDatasetException when a file has none, files differ in kind, or one is out of
   *     range
   */
  public WindowLabels labels(int classes) throws InvalidDatasetException {
    return labels(WindowFile.LABEL, classes);
  }

  /**
   * As {@link #labels(int)}, of another data set.
   *
   * @param name of the data set
   */
  public WindowLabels labels(String name, int classes) throws InvalidDatasetException {
    WindowLabels first = labelsOf(files.get(0), name);
    int width = Math.max(first.columns(), 1);
    int[] values = new int[starts[files.size()] * width];
    for (int i = 0; i < files.size(); i++) {
      WindowFile file = files.get(i);
      WindowLabels labels = i == 0 ? first : labelsOf(file, name);
      requireRange(file, name, labels, first, classes);
      System.arraycopy(labels.values(), 0, values, starts[i] * width, labels.values().length);
    }
    return new WindowLabels(first.columns(), values).select(chosen);
  }

  private static WindowLabels labelsOf(WindowFile file, String name)
      throws InvalidDatasetException {
    if (!name.equals(WindowFile.LABEL)) {
      return file.labels(name);
    }
    return file.labels()
        .orElseThrow(
            () ->
                new InvalidDatasetException(
                    file.path()
                        + ": no data set 'label'; expected label (windows) or (windows, labels)"));
  }

  private static void requireRange(
      WindowFile file, String name, WindowLabels labels, WindowLabels first, int classes)
      throws InvalidDatasetException {
    if (labels.columns() != first.columns()
        || (labels.isMultiLabel() && labels.columns() != classes)) {
      throw new InvalidDatasetException(
          file.path()
              + ": "
              + name
              + " has "
              + labels.columns()
              + " columns; expected "
              + (first.isMultiLabel() ? classes : 0));
    }
    if (!labels.isMultiLabel()) {
      for (int i = 0; i < labels.size(); i++) {
        if (labels.values()[i] >= classes) {
          throw LabelReader.outOfRange(
              file.path(),
              name,
              labels,
              i,
              "0 to " + (classes - 1) + " (num_classes " + classes + ")");
        }
      }
    }
  }

  /**
   * The record or subject of each window, numbered so that those of different files differ; empty
   * when a file does not tell.
   */
  public Optional<int[]> groups() {
    int[] groups = new int[starts[files.size()]];
    int next = 0;
    for (int i = 0; i < files.size(); i++) {
      Optional<int[]> of = files.get(i).groups();
      if (of.isEmpty()) {
        return Optional.empty();
      }
      int largest = 0;
      for (int window = 0; window < of.get().length; window++) {
        groups[starts[i] + window] = next + of.get()[window];
        largest = Math.max(largest, of.get()[window]);
      }
      next += largest + 1;
    }
    return Optional.of(Arrays.stream(chosen).map(window -> groups[window]).toArray());
  }

  /**
   * Reads one window.
   *
   * @param into receives {@code rows * samples} values, row-major
   * @throws InvalidDatasetException when a sample is not finite, naming it
   */
  public void read(int window, float[] into) throws IOException {
    int file = fileOf(chosen[window]);
    files.get(file).read(chosen[window] - starts[file], into);
  }

  /** Where a window stands, for messages: the file and its number there. */
  public String where(int window) {
    int file = fileOf(chosen[window]);
    return files.get(file).path().getFileName() + " data[" + (chosen[window] - starts[file]) + "]";
  }

  private int fileOf(int position) {
    int found = Arrays.binarySearch(starts, position);
    // A start that repeats would belong to an empty file, which cannot be opened.
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public void close() throws IOException {
    if (owner) {
      closeAll(files);
    }
  }

  private static void closeAll(List<WindowFile> files) throws IOException {
    IOException failure = null;
    for (WindowFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
