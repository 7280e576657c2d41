package io.physiowave.training.dataset;

import java.util.Arrays;
import java.util.Optional;

/**
 * The labels of N windows: one class each, or K marks of 0 and 1 each.
 *
 * @param columns 0 when each window has one class, else K
 * @param values N classes, or row-major {@code [N][K]} marks
 */
public record WindowLabels(int columns, int[] values) {

  /** One class per window. */
  public static WindowLabels classes(int... classes) {
    return new WindowLabels(0, classes);
  }

  /** Number of windows. */
  public int size() {
    return columns == 0 ? values.length : values.length / columns;
  }

  /** Whether each window has several marks rather than one class. */
  public boolean isMultiLabel() {
    return columns > 0;
  }

  /** The class of a window; only when each has one. */
  public int classOf(int window) {
    if (columns != 0) {
      throw new IllegalStateException("windows have " + columns + " labels each, not one class");
    }
    return values[window];
  }

  /**
   * The same as one class a window; empty when a window has none or several marks.
   *
   * @return these themselves when they are classes already
   */
  public Optional<WindowLabels> asClasses() {
    if (columns == 0) {
      return Optional.of(this);
    }
    int[] classes = new int[size()];
    for (int window = 0; window < classes.length; window++) {
      int marks = 0;
      for (int label = 0; label < columns; label++) {
        if (holds(window, label)) {
          classes[window] = label;
          marks++;
        }
      }
      if (marks != 1) {
        return Optional.empty();
      }
    }
    return Optional.of(classes(classes));
  }

  /** Whether a label holds for a window, of either form. */
  public boolean holds(int window, int label) {
    return columns == 0 ? values[window] == label : values[window * columns + label] != 0;
  }

  /** The labels of some of the windows, in the given order. */
  public WindowLabels select(int[] windows) {
    int width = Math.max(columns, 1);
    int[] chosen = new int[windows.length * width];
    for (int i = 0; i < windows.length; i++) {
      System.arraycopy(values, windows[i] * width, chosen, i * width, width);
    }
    return new WindowLabels(columns, chosen);
  }

  /**
   * Windows of each class, or windows for which each label holds.
   *
   * @param classes number of classes or labels
   */
  public long[] counts(int classes) {
    long[] counts = new long[classes];
    if (columns == 0) {
      for (int label : values) {
        counts[label]++;
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        counts[i % columns] += values[i];
      }
    }
    return counts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowLabels labels
        && columns == labels.columns
        && Arrays.equals(values, labels.values);
  }

  @Override
  public int hashCode() {
    return 31 * columns + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "WindowLabels[" + size() + " windows" + (columns > 0 ? " x " + columns : "") + "]";
  }
}
