package io.physiowave.training.dataset;

/** Which of the labels that files hold their windows are given. */
@FunctionalInterface
public interface WindowLabelling {

  /**
   * The labels of all windows, in range.
   *
   * @throws InvalidDatasetException when a file lacks them or holds others
   */
  WindowLabels of(WindowSet windows) throws InvalidDatasetException;

  /** The labels of {@value WindowFile#LABEL}, for one task of so many classes or labels. */
  static WindowLabelling ofClasses(int classes) {
    return windows -> windows.labels(classes);
  }
}
