package io.physiowave.training.export;

import io.physiowave.training.dataset.WindowSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Windows on which two engines are compared.
 *
 * @param inputs of each of the model's inputs, row-major {@code [count][rows][samples]}
 * @param count number of windows of each
 */
public record CheckWindows(Map<String, float[]> inputs, int count) {

  /** Copies the map. */
  public CheckWindows {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /**
   * Windows of a model with one signal.
   *
   * @param values row-major {@code [count][rows][samples]}
   */
  public static CheckWindows of(float[] values, int count) {
    return new CheckWindows(Map.of(OnnxExporter.WINDOW, values), count);
  }

  /** A run of windows. */
  Map<String, float[]> part(int first, int length) {
    Map<String, float[]> part = new LinkedHashMap<>();
    inputs.forEach(
        (name, values) -> {
          int size = values.length / count;
          part.put(name, Arrays.copyOfRange(values, first * size, (first + length) * size));
        });
    return part;
  }

  /** The windows of a model with one signal, for an input of another name. */
  public CheckWindows named(String name) {
    return new CheckWindows(Map.of(name, inputs.get(OnnxExporter.WINDOW)), count);
  }

  /** The same windows beside those of other inputs, as many as both have. */
  public CheckWindows beside(CheckWindows other) {
    int both = Math.min(count, other.count());
    Map<String, float[]> joined = new LinkedHashMap<>(part(0, both));
    joined.putAll(other.part(0, both));
    return new CheckWindows(joined, both);
  }

  /**
   * Takes windows evenly spread over a file.
   *
   * @param file HDF5 of the published layout
   * @param rows rows that a window must have
   * @param samples of the model's window; what a file stores beyond them on both sides is cut
   * @param most windows wanted
   * @throws IllegalArgumentException when the file's windows do not fit
   */
  public static CheckWindows spread(Path file, int rows, int samples, int most) throws IOException {
    try (WindowSet set = WindowSet.open(List.of(file))) {
      int count = Math.min(most, set.size());
      float[] values = new float[count * rows * samples];
      for (int i = 0; i < count; i++) {
        int window = (int) ((long) i * set.size() / count);
        float[] one = read(set, window, 1, rows, samples);
        System.arraycopy(one, 0, values, i * one.length, one.length);
      }
      return of(values, count);
    }
  }

  /** Windows in a row, without what the file stores beyond them: {@code [count][rows][samples]}. */
  static float[] read(WindowSet set, int first, int count, int rows, int samples)
      throws IOException {
    int margin = set.samples() - samples;
    if (set.rows() != rows || margin < 0 || margin % 2 != 0) {
      throw new IllegalArgumentException(
          set.paths().get(0)
              + ": windows are "
              + set.rows()
              + " x "
              + set.samples()
              + "; the model reads "
              + rows
              + " x "
              + samples);
    }
    float[] values = new float[count * rows * samples];
    float[] stored = new float[rows * set.samples()];
    for (int i = 0; i < count; i++) {
      set.read(first + i, stored);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            stored, row * set.samples() + margin / 2, values, (i * rows + row) * samples, samples);
      }
    }
    return values;
  }
}
