package io.physiowave.training.finetune;

import io.physiowave.core.card.Decision;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.Task;
import java.util.List;

/**
 * One of several tasks of a training run.
 *
 * @param name of the task
 * @param task {@code classification} or {@code multilabel}
 * @param labels class names in the order of its outputs
 * @param decision how its answers become a label
 */
public record TaskRun(String name, String task, List<String> labels, Decision decision) {
  /** Copies the names. */
  public TaskRun {
    labels = List.copyOf(labels);
    decision = decision == null ? Decision.ARG_MAX : decision;
  }

  /**
   * Its place among the outputs.
   *
   * @param from its first output
   */
  public OutputTask output(int from) {
    return new OutputTask(name, Task.ofPublishedName(task), from, labels);
  }
}
