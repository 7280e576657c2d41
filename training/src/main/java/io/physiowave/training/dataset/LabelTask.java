package io.physiowave.training.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of several tasks that windows are labelled for: the data set {@code label_NAME}, of the same
 * forms as {@value WindowFile#LABEL}, beside the samples.
 *
 * @param name of letters, digits, dashes and underscores, beginning with a letter
 * @param outputs classes or labels, at least 1
 */
public record LabelTask(String name, int outputs) {
  /** What the data set's name begins with. */
  public static final String PREFIX = WindowFile.LABEL + "_";

  /** Checks both. */
  public LabelTask {
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
      throw new IllegalArgumentException(
          "task '"
              + name
              + "'; expected a name of letters, digits, dashes and underscores that begins with a"
              + " letter");
    }
    if (outputs < 1) {
      throw new IllegalArgumentException(
          "task " + name + " has " + outputs + " classes; expected 1 or more");
    }
  }

  /** The data set that holds its labels. */
  public String dataset() {
    return PREFIX + name;
  }

  /** Whether each window has several labels for this task, rather than one class. */
  public boolean isMultiLabel(WindowSet windows) throws InvalidDatasetException {
    return labels(windows).isMultiLabel();
  }

  /** The labels for this task alone. */
  public WindowLabels labels(WindowSet windows) throws InvalidDatasetException {
    return windows.labels(dataset(), outputs);
  }

  /**
   * The labels for all tasks as marks of 0 and 1, side by side in the order of the tasks; a class
   * becomes the mark of its place.
   */
  public static WindowLabelling marks(List<LabelTask> tasks) {
    return windows -> {
      Map<LabelTask, WindowLabels> all = new LinkedHashMap<>();
      for (LabelTask task : new ArrayList<>(tasks)) {
        all.put(task, task.labels(windows));
      }
      int width = tasks.stream().mapToInt(LabelTask::outputs).sum();
      int[] marks = new int[windows.size() * width];
      for (int window = 0; window < windows.size(); window++) {
        int at = window * width;
        for (Map.Entry<LabelTask, WindowLabels> task : all.entrySet()) {
          for (int label = 0; label < task.getKey().outputs(); label++) {
            marks[at++] = task.getValue().holds(window, label) ? 1 : 0;
          }
        }
      }
      return new WindowLabels(width, marks);
    };
  }
}
