package io.physiowave.training.dataset;

import io.jhdf.api.Dataset;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the columns of whole numbers that stand beside the samples. */
final class LabelReader {
  private LabelReader() {}

  static WindowLabels read(Path path, Dataset dataset, int windows) throws InvalidDatasetException {
    int[] shape = HdfFiles.shape(path, dataset);
    boolean single = shape.length == 1 || (shape.length == 2 && shape[1] == 1);
    if ((!single && shape.length != 2) || shape[0] != windows) {
      throw new InvalidDatasetException(
          path
              + ": "
              + dataset.getName()
              + " has shape "
              + Arrays.toString(shape)
              + "; expected ("
              + windows
              + ") or ("
              + windows
              + ", labels), as many as data has windows");
    }
    int[] values = wholeNumbers(path, dataset, single ? 1 : shape[1]);
    WindowLabels labels = new WindowLabels(single ? 0 : shape[1], values);
    for (int i = 0; i < values.length; i++) {
      boolean valid = single ? values[i] >= 0 : values[i] == 0 || values[i] == 1;
      if (!valid) {
        throw outOfRange(path, dataset.getName(), labels, i, single ? "0 or more" : "0 or 1");
      }
    }
    return labels;
  }

  static int[] groups(Path path, Dataset dataset, int windows) throws InvalidDatasetException {
    int[] shape = HdfFiles.shape(path, dataset);
    if (shape.length != 1 || shape[0] != windows) {
      throw new InvalidDatasetException(
          path
              + ": group has shape "
              + Arrays.toString(shape)
              + "; expected ("
              + windows
              + "), as many as data has windows");
    }
    return wholeNumbers(path, dataset, 1);
  }

  /**
   * Words for a label that cannot be.
   *
   * @param name of the data set
   * @param position place in the values
   * @param expected what is right
   */
  static InvalidDatasetException outOfRange(
      Path path, String name, WindowLabels labels, int position, String expected) {
    int width = Math.max(labels.columns(), 1);
    String place =
        labels.isMultiLabel()
            ? "[" + position / width + "][" + position % width + "]"
            : "[" + position + "]";
    return new InvalidDatasetException(
        path + ": " + name + place + " is " + labels.values()[position] + "; expected " + expected);
  }

  private static int[] wholeNumbers(Path path, Dataset dataset, int columns)
      throws InvalidDatasetException {
    Object flat = dataset.getDataFlat();
    if (flat != null && !flat.getClass().isArray()) {
      throw new InvalidDatasetException(
          path
              + ": "
              + dataset.getName()
              + " is of the HDF5 type "
              + dataset.getDataType().getClass().getSimpleName()
              + "; expected numbers");
    }
    int[] values = new int[flat == null ? 0 : Array.getLength(flat)];
    for (int i = 0; i < values.length; i++) {
      double value = number(path, dataset, Array.get(flat, i));
      values[i] = (int) value;
      if (values[i] != value) {
        throw new InvalidDatasetException(
            path
                + ": "
                + dataset.getName()
                + "["
                + i / columns
                + "] is "
                + value
                + "; expected whole numbers");
      }
    }
    return values;
  }

  private static double number(Path path, Dataset dataset, Object value)
      throws InvalidDatasetException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    // How h5py stores booleans: an enumeration of these two names.
    if (value.equals("TRUE") || value.equals("FALSE")) {
      return value.equals("TRUE") ? 1 : 0;
    }
    throw new InvalidDatasetException(
        path + ": " + dataset.getName() + " holds " + value + "; expected numbers");
  }
}
