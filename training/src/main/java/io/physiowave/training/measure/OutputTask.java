package io.physiowave.training.measure;

import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.model.Task;
import java.util.List;

/**
 * A task and its place among the outputs of a model, which may have several side by side.
 *
 * @param name empty for the only task of a model
 * @param task classification (one class a window) or multilabel
 * @param from its first output
 * @param labels class names in order, as many as it has outputs
 */
public record OutputTask(String name, Task task, int from, List<String> labels) {

  /** Copies the names. */
  public OutputTask {
    labels = List.copyOf(labels);
  }

  /** The only task of a model. */
  public static OutputTask only(Task task, List<String> labels) {
    return new OutputTask("", task, 0, labels);
  }

  /** Whether a model has no other task. */
  public boolean isOnly() {
    return name.isEmpty();
  }

  /** A part of the data with the task's name, for headings: {@code validation, gesture}. */
  public String of(String part) {
    return isOnly() ? part : part + ", " + name;
  }

  /** Number of outputs K. */
  public int outputs() {
    return labels.size();
  }

  /**
   * What a model answers for this task.
   *
   * @param logits of all tasks, row-major {@code [N][all]}
   * @param all outputs of the model
   */
  public Answers answers(float[] logits, int all) {
    if (isOnly()) {
      return new Answers(task, outputs(), logits);
    }
    int windows = logits.length / all;
    float[] own = new float[windows * outputs()];
    for (int window = 0; window < windows; window++) {
      System.arraycopy(logits, window * all + from, own, window * outputs(), outputs());
    }
    return new Answers(task, outputs(), own);
  }

  /**
   * The labels for this task.
   *
   * @param all of {@link io.physiowave.training.dataset.LabelTask#marks}, or those of the only task
   */
  public WindowLabels truth(WindowLabels all) {
    if (isOnly()) {
      return all;
    }
    boolean several = task == Task.MULTILABEL;
    int[] own = new int[all.size() * (several ? outputs() : 1)];
    for (int window = 0; window < all.size(); window++) {
      for (int label = 0; label < outputs(); label++) {
        boolean holds = all.holds(window, from + label);
        if (several) {
          own[window * outputs() + label] = holds ? 1 : 0;
        } else if (holds) {
          own[window] = label;
        }
      }
    }
    return new WindowLabels(several ? outputs() : 0, own);
  }
}
