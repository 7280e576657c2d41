package io.physiowave.training.finetune;

import io.physiowave.core.card.Decision;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.Task;
import java.util.ArrayList;
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

  /** The places of tasks whose outputs stand side by side in their order. */
  public static List<OutputTask> outputs(List<TaskRun> tasks) {
    List<OutputTask> outputs = new ArrayList<>();
    int from = 0;
    for (TaskRun run : tasks) {
      outputs.add(new OutputTask(run.name, Task.ofPublishedName(run.task), from, run.labels));
      from += run.labels.size();
    }
    return outputs;
  }
}
