package io.physiowave.training.export;

import io.physiowave.training.dataset.WindowSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Windows on which two engines are compared.
 *
 * @param values row-major {@code [count][rows][samples]}
 * @param count number of windows
 */
public record CheckWindows(float[] values, int count) {

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
      int margin = set.samples() - samples;
      if (set.rows() != rows || margin < 0 || margin % 2 != 0) {
        throw new IllegalArgumentException(
            file
                + ": windows are "
                + set.rows()
                + " x "
                + set.samples()
                + "; the model reads "
                + rows
                + " x "
                + samples);
      }
      int count = Math.min(most, set.size());
      float[] values = new float[count * rows * samples];
      float[] stored = new float[rows * set.samples()];
      for (int i = 0; i < count; i++) {
        set.read((int) ((long) i * set.size() / count), stored);
        for (int row = 0; row < rows; row++) {
          System.arraycopy(
              stored,
              row * set.samples() + margin / 2,
              values,
              (i * rows + row) * samples,
              samples);
        }
      }
      return new CheckWindows(values, count);
    }
  }
}
