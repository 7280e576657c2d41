package io.physiowave.training.export;

import java.io.IOException;
import java.nio.FloatBuffer;

/** Holds an exported graph against the model it was written from, on the same windows. */
public final class ExportCheck {
  /** Largest absolute difference of a logit or probability that an export may show. */
  public static final double TOLERANCE = 1e-4;

  private ExportCheck() {}

  /** The model before export. */
  @FunctionalInterface
  public interface Reference {
    /**
     * Answers a batch in evaluation mode.
     *
     * @param windows row-major {@code [batch][inputRows][windowSamples]}
     * @return logits, row-major {@code [batch][classes]}
     */
    float[] logits(float[] windows, int batch);
  }

  /**
   * The largest absolute difference over all logits of all windows.
   *
   * @param windows row-major {@code [count][inputRows][windowSamples]}
   */
  public static double largestDifference(
      OnnxModel exported, Reference reference, float[] windows, int count) throws IOException {
    int size = exported.inputRows() * exported.windowSamples();
    double largest = 0;
    int batch = 32;
    for (int first = 0; first < count; first += batch) {
      int length = Math.min(batch, count - first);
      float[] part = new float[length * size];
      System.arraycopy(windows, first * size, part, 0, part.length);
      float[] expected = reference.logits(part, length);
      float[] actual = exported.run(FloatBuffer.wrap(part), length).logits();
      largest = Math.max(largest, largestDifference(expected, actual));
    }
    return largest;
  }

  private static double largestDifference(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new IllegalArgumentException(
          "the exported model gives "
              + actual.length
              + " logits where the trained one gives "
              + expected.length);
    }
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[i]);
      // A NaN on either side must not slip through a comparison.
      largest =
          difference <= largest
              ? largest
              : Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
    return largest;
  }
}
