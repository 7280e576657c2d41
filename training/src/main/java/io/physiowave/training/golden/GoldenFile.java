package io.physiowave.training.golden;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * The HDF5 layout of a comparison set: {@code data}, {@code label} and the group {@code golden}.
 */
final class GoldenFile {
  private static final String GROUP = "golden";
  private static final String NOISE = "mask_noise";
  private static final String MASK = "mask";

  private GoldenFile() {}

  /**
   * Reads the windows and labels, and the noise for the mask where it is given.
   *
   * @param tokens per window, for which noise is drawn from a fixed seed when there is none
   * @throws IOException if a data set is missing or is not what it should be
   */
  static GoldenInput readInput(Path file, IntUnaryOperator tokens) throws IOException {
    try (HdfFile hdf = new HdfFile(file)) {
      GoldenArray windows = array(required(hdf, file, "data"));
      if (windows.shape().length != 3) {
        throw new IOException(
            file + ": data set data has rank " + windows.shape().length + "; expected (N, C, T)");
      }
      int batch = windows.shape()[0];
      long[] labels = new long[batch];
      if (hdf.getChild("label") instanceof Dataset stored) {
        Object flat = stored.getDataFlat();
        for (int index = 0; index < batch; index++) {
          labels[index] = ((Number) Array.get(flat, index)).longValue();
        }
      }
      int length = tokens.applyAsInt(windows.shape()[2]);
      GoldenArray noise =
          hdf.getChild(GROUP) instanceof Group group && group.getChild(NOISE) instanceof Dataset set
              ? array(set)
              : drawnNoise(batch, length);
      return new GoldenInput(windows, labels, noise);
    } catch (HdfException unreadable) {
      throw new IOException(file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /** Reads the group of numbers, when the file has one. */
  static Optional<GoldenValues> readValues(Path file) throws IOException {
    try (HdfFile hdf = new HdfFile(file)) {
      if (!(hdf.getChild(GROUP) instanceof Group group)) {
        return Optional.empty();
      }
      Map<String, GoldenArray> arrays = new LinkedHashMap<>();
      Map<String, NamedValues> perParameter = new LinkedHashMap<>();
      for (Node node : group) {
        if (node instanceof Dataset set) {
          arrays.put(node.getName(), array(set));
        } else if (node instanceof Group pair) {
          perParameter.put(node.getName(), named(file, pair));
        }
      }
      return Optional.of(new GoldenValues(arrays, perParameter));
    } catch (HdfException unreadable) {
      throw new IOException(file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /** Writes input and numbers in the same layout. */
  static void write(Path file, GoldenInput input, GoldenValues values) {
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
    if (hdf.getChild(name) instanceof Dataset set) {
      return set;
    }
    throw new IOException(
        file + ": no data set named " + name + "; it has " + hdf.getChildren().keySet());
  }

  private static GoldenArray array(Dataset set) {
    Object flat = set.isScalar() ? new Object[] {set.getData()} : set.getDataFlat();
    float[] values = new float[Array.getLength(flat)];
    for (int index = 0; index < values.length; index++) {
      values[index] = ((Number) Array.get(flat, index)).floatValue();
    }
    return new GoldenArray(set.getDimensions(), values);
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

  private static GoldenArray drawnNoise(int batch, int length) {
    SplittableRandom random = new SplittableRandom(0);
    float[] values = new float[batch * length];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextInt(1 << 24) / (1 << 24);
    }
    return new GoldenArray(new int[] {batch, length}, values);
  }
}
