package io.physiowave.training.dataset;

import io.physiowave.training.model.Task;

/** Which of the labels that files hold their windows are given. */
@FunctionalInterface
public interface WindowLabelling {

  /**
   * The labels of all windows, in range.
   *
   * @throws InvalidDatasetException when a file lacks them or holds others
   */
  WindowLabels of(WindowSet windows) throws InvalidDatasetException;

  /**
   * The labels of {@value WindowFile#LABEL} for a task: where it gives one class a window, a single
   * mark among the classes is the class it marks.
   *
   * @param outputs classes of the task, or labels
   */
  static WindowLabelling forTask(Task task, int outputs) {
    return windows -> {
      WindowLabels labels = windows.labels(outputs);
      return task == Task.MULTILABEL ? labels : labels.asClasses().orElse(labels);
    };
  }
}
