package io.physiowave.training.export;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds an exported graph against the model it was written from, on the same windows. */
public final class ExportCheck {
  private static final int BATCH = 32;

  private ExportCheck() {}

  /** The model before export. */
  @FunctionalInterface
  public interface Reference {
    /**
     * Answers a batch in evaluation mode.
     *
     * @param windows of each input, row-major {@code [batch][rows][samples]}
     * @return the values that are compared, row-major {@code [batch][...]}
     */
    float[] answer(Map<String, float[]> windows, int batch);
  }

  /**
   * How far two engines lie apart.
   *
   * @param largest absolute difference of any value; infinite when one is not a number
   * @param magnitude largest absolute value of the reference
   */
  public record Difference(double largest, double magnitude) {}

  /**
   * Compares one output on all windows.
   *
   * @param output name of the graph's output that the reference gives too
   * @throws IllegalArgumentException when the two give another number of values
   */
  public static Difference compare(
      OnnxModel exported, String output, Reference reference, CheckWindows windows)
      throws IOException {
    double largest = 0;
    double magnitude = 0;
    for (int first = 0; first < windows.count(); first += BATCH) {
      int length = Math.min(BATCH, windows.count() - first);
      Map<String, float[]> part = windows.part(first, length);
      Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
      part.forEach((name, values) -> buffers.put(name, FloatBuffer.wrap(values)));
      float[] expected = reference.answer(part, length);
      float[] actual = exported.run(buffers, length).get(output);
      if (actual == null || expected.length != actual.length) {
        throw new IllegalArgumentException(
            "the exported model gives "
                + (actual == null ? "no" : Integer.toString(actual.length))
                + " values of '"
                + output
                + "' where the trained one gives "
                + expected.length);
      }
      for (int i = 0; i < expected.length; i++) {
        double difference = Math.abs((double) expected[i] - actual[i]);
        // A NaN on either side must not slip through a comparison.
        largest =
            Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        magnitude = Math.max(magnitude, Math.abs(expected[i]));
      }
    }
    return new Difference(largest, magnitude);
  }
}
