package io.physiowave.training.golden;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.physiowave.training.dataset.HdfFiles;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.run.AtomicFile;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The HDF5 layout of a comparison set: {@code data}, {@code label} and the group {@code golden}.
 */
final class GoldenFile {
  private static final String GROUP = "golden";
  private static final String NOISE = "mask_noise";
  private static final String MASK = "mask";

  private GoldenFile() {}

  /**
   * Reads the windows and labels, and the noise for the mask where it is given; it is drawn from a
   * fixed seed where it is not.
   *
   * @param config of the model that they are for
   * @throws IOException if a data set is missing or is not what it should be
   */
  static GoldenInput readInput(Path file, ModelConfig config) throws IOException {
    try (HdfFile hdf = HdfFiles.open(file)) {
      GoldenArray windows = array(file, required(hdf, file, "data"));
      int[] shape = windows.shape();
      if (shape.length != 3 || shape[1] != config.inputRows() || shape[0] == 0) {
        throw shape(file, "data", shape, "(windows, " + config.inputRows() + ", samples)");
      }
      int[] noiseShape = {shape[0], tokens(file, config, shape[2])};
      GoldenArray noise =
          hdf.getChild(GROUP) instanceof Group group && group.getChild(NOISE) instanceof Dataset set
              ? array(file, set)
              : drawnNoise(noiseShape);
      if (!Arrays.equals(noise.shape(), noiseShape)) {
        throw shape(file, "golden/" + NOISE, noise.shape(), Arrays.toString(noiseShape));
      }
      return new GoldenInput(windows, labels(file, hdf, shape[0], config.numClasses()), noise);
    } catch (HdfException unreadable) {
      throw HdfFiles.damaged(file, unreadable);
    }
  }

  private static int tokens(Path file, ModelConfig config, int samples) throws IOException {
    try {
      return config.tokens(samples);
    } catch (IllegalArgumentException tooShort) {
      throw new IOException(file + ": " + tooShort.getMessage(), tooShort);
    }
  }

  /** Class 0 for every window of a file without labels. */
  private static long[] labels(Path file, HdfFile hdf, int windows, int classes)
      throws IOException {
    long[] labels = new long[windows];
    Optional<Dataset> stored = HdfFiles.find(file, hdf, "label");
    if (stored.isEmpty()) {
      return labels;
    }
    GoldenArray values = array(file, stored.get());
    if (values.values().length != windows) {
      throw shape(file, "label", values.shape(), "(" + windows + "), as many as data has windows");
    }
    for (int window = 0; window < windows; window++) {
      labels[window] = (long) values.values()[window];
      if (labels[window] != values.values()[window]
          || labels[window] < 0
          || (classes > 0 && labels[window] >= classes)) {
        throw new IOException(
            file
                + ": label["
                + window
                + "] is "
                + values.values()[window]
                + "; expected a class from 0 to "
                + (classes - 1));
      }
    }
    return labels;
  }

  private static IOException shape(Path file, String name, int[] shape, String expected) {
    return new IOException(
        file + ": " + name + " has shape " + Arrays.toString(shape) + "; expected " + expected);
  }

  /** Reads the group of numbers, when the file has one. */
  static Optional<GoldenValues> readValues(Path file) throws IOException {
    try (HdfFile hdf = HdfFiles.open(file)) {
      if (!(hdf.getChild(GROUP) instanceof Group group)) {
        return Optional.empty();
      }
      Map<String, GoldenArray> arrays = new LinkedHashMap<>();
      Map<String, NamedValues> perParameter = new LinkedHashMap<>();
      for (Node node : group) {
        if (node instanceof Dataset set) {
          arrays.put(node.getName(), array(file, set));
        } else if (node instanceof Group pair) {
          perParameter.put(node.getName(), named(file, pair));
        }
      }
      return Optional.of(new GoldenValues(arrays, perParameter));
    } catch (HdfException unreadable) {
      throw HdfFiles.damaged(file, unreadable);
    }
  }

  /**
   * Replaces a file by input and numbers in the same layout.
   *
   * @throws IOException if it cannot be written; what was there before is kept
   */
  static void write(Path file, GoldenInput input, GoldenValues values) throws IOException {
    AtomicFile.replace(
        file,
        partial -> {
          try {
            writeWhole(partial, input, values);
          } catch (HdfException unwritable) {
            throw new IOException(unwritable.getMessage(), unwritable);
          }
        });
  }

  private static void writeWhole(Path file, GoldenInput input, GoldenValues values) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("data", input.windows().nested());
      hdf.putDataset("label", input.labels());
      WritableGroup group = hdf.putGroup(GROUP);
      values
          .arrays()
          .forEach(
              (name, array) ->
                  group.putDataset(name, name.equals(MASK) ? array.truths() : array.nested()));
      values
          .perParameter()
          .forEach(
              (name, perParameter) -> {
                WritableGroup pair = group.putGroup(name);
                pair.putDataset("names", perParameter.names());
                pair.putDataset("values", perParameter.numbers());
              });
    }
  }

  private static Dataset required(HdfFile hdf, Path file, String name) throws IOException {
    return HdfFiles.find(file, hdf, name)
        .orElseThrow(
            () ->
                new IOException(
                    file
                        + ": no data set named "
                        + name
                        + "; it has "
                        + hdf.getChildren().keySet()));
  }

  private static GoldenArray array(Path file, Dataset set) throws IOException {
    Object flat = set.isScalar() ? new Object[] {set.getData()} : set.getDataFlat();
    if (flat != null && !flat.getClass().isArray()) {
      throw new IOException(file + ": " + set.getPath() + " is no array; expected numbers");
    }
    float[] values = new float[flat == null ? 0 : Array.getLength(flat)];
    for (int index = 0; index < values.length; index++) {
      values[index] = number(file, set, Array.get(flat, index));
    }
    return new GoldenArray(HdfFiles.shape(file, set), values);
  }

  private static float number(Path file, Dataset set, Object value) throws IOException {
    if (value instanceof Number number) {
      return number.floatValue();
    }
    // How h5py stores truth values: an enumeration of these two names.
    if ("TRUE".equals(value) || "FALSE".equals(value)) {
      return "TRUE".equals(value) ? 1 : 0;
    }
    throw new IOException(file + ": " + set.getPath() + " holds " + value + "; expected numbers");
  }

  private static NamedValues named(Path file, Group pair) throws IOException {
    if (!(pair.getChild("names") instanceof Dataset names)
        || !(pair.getChild("values") instanceof Dataset numbers)) {
      throw new IOException(file + ": group " + pair.getPath() + " lacks names or values");
    }
    Object nameArray = names.getDataFlat();
    Object numberArray = numbers.getDataFlat();
    Map<String, Double> values = new LinkedHashMap<>();
    for (int index = 0; index < Array.getLength(nameArray); index++) {
      values.put(
          String.valueOf(Array.get(nameArray, index)),
          ((Number) Array.get(numberArray, index)).doubleValue());
    }
    return new NamedValues(values);
  }

  private static GoldenArray drawnNoise(int[] shape) {
    SplittableRandom random = new SplittableRandom(0);
    float[] values = new float[shape[0] * shape[1]];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextInt(1 << 24) / (1 << 24);
    }
    return new GoldenArray(shape, values);
  }
}
