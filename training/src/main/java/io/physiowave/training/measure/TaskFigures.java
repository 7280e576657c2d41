package io.physiowave.training.measure;

import io.physiowave.core.card.Decision;
import io.physiowave.training.dataset.WindowLabels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of every task of a model.
 *
 * @param tasks in the order of the outputs
 * @param figures one a task
 */
public record TaskFigures(List<OutputTask> tasks, List<Figures> figures) {

  /** Copies the lists. */
  public TaskFigures {
    tasks = List.copyOf(tasks);
    figures = List.copyOf(figures);
  }

  /**
   * Scores answers by the most probable class, or by a threshold of 0.5 for each label.
   *
   * @param logits of all tasks, row-major
   * @param truth labels of all tasks
   */
  public static TaskFigures of(List<OutputTask> tasks, float[] logits, WindowLabels truth) {
    return of(tasks, tasks.stream().map(task -> Decision.ARG_MAX).toList(), logits, truth);
  }

  /**
   * Scores answers as decisions make labels of them.
   *
   * @param decisions one a task
   */
  public static TaskFigures of(
      List<OutputTask> tasks, List<Decision> decisions, float[] logits, WindowLabels truth) {
    int all = tasks.stream().mapToInt(OutputTask::outputs).sum();
    List<Figures> figures =
        tasks.stream()
            .map(
                task ->
                    Figures.of(
                        task.answers(logits, all),
                        task.truth(truth),
                        decisions.get(tasks.indexOf(task))))
            .toList();
    return new TaskFigures(tasks, figures);
  }

  /**
   * The figures by name: those of the only task; of several first the mean over the tasks of each
   * figure that all have, then each task's own as {@code NAME_FIGURE}.
   */
  public Map<String, Double> values() {
    if (tasks.size() == 1) {
      return figures.get(0).values();
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (String name : figures.get(0).values().keySet()) {
      if (figures.stream().allMatch(own -> own.values().containsKey(name))) {
        values.put(
            name,
            figures.stream().mapToDouble(own -> own.values().get(name)).average().orElseThrow());
      }
    }
    for (int task = 0; task < tasks.size(); task++) {
      String prefix = tasks.get(task).name() + "_";
      figures.get(task).values().forEach((name, value) -> values.put(prefix + name, value));
    }
    return values;
  }
}
