package io.physiowave.core.window;

/** The layout of the context row: K values as K equal piecewise-constant segments. */
final class ContextRow {
  private ContextRow() {}

  /**
   * Writes the row: column t of the window proper belongs to value {@code floor(t * K / T)}; the
   * outer two segments reach on through the margins.
   */
  static void write(float[] values, int windowSamples, int margin, float[] into, int at) {
    for (int column = 0; column < windowSamples + 2 * margin; column++) {
      long inWindow = Math.max(0, Math.min(windowSamples - 1, column - margin));
      into[at + column] = values[(int) (inWindow * values.length / windowSamples)];
    }
  }
}
