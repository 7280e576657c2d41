package io.physiowave.training.command;

import io.physiowave.training.dataset.LabelTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags of a model of several tasks. */
final class TaskFlags {
  @Option(
      names = "--tasks",
      arity = "1..*",
      split = ",",
      paramLabel = "NAME=CLASSES",
      description =
          "Train several tasks at once, e.g. gesture=6 quality=3: task NAME learns the data set"
              + " label_NAME, (N) for one of so many classes or (N,K) for K marks of 0 and 1. One"
              + " encoder, a head each; --task and --num_classes do not apply.")
  private Map<String, Integer> tasks;

  @Option(
      names = "--task_weights",
      arity = "1..*",
      split = ",",
      paramLabel = "NAME=WEIGHT",
      description = "Factors of the tasks' losses in their sum (default: 1 each).")
  private Map<String, Double> weights;

  @Option(
      names = "--shared_dim",
      defaultValue = "0",
      description = "Width of a layer that all tasks share before their heads; 0 for none.")
  private int sharedDim;

  /** Whether several tasks are asked for. */
  boolean areGiven() {
    return tasks != null;
  }

  /**
   * The tasks in order.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  List<LabelTask> tasks() {
    if (tasks.size() < 2) {
      throw new IllegalArgumentException(
          "--tasks names " + tasks.keySet() + "; expected two or more, NAME=CLASSES each");
    }
    List<LabelTask> list = new ArrayList<>();
    new LinkedHashMap<>(tasks).forEach((name, classes) -> list.add(new LabelTask(name, classes)));
    return list;
  }

  /** The factor of each task's loss, in order. */
  List<Double> weights() {
    if (weights == null) {
      return tasks().stream().map(task -> 1.0).toList();
    }
    weights.forEach(
        (name, weight) -> {
          if (!tasks.containsKey(name)) {
            throw new IllegalArgumentException(
                "--task_weights names " + name + "; expected some of " + tasks.keySet());
          }
          if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                "--task_weights " + name + "=" + weight + "; expected more than 0");
          }
        });
    return tasks().stream().map(task -> weights.getOrDefault(task.name(), 1.0)).toList();
  }

  /**
   * Refuses flags that mean nothing without tasks.
   *
   * @throws IllegalArgumentException naming them
   */
  void requireUse() {
    if (!areGiven() && (weights != null || sharedDim != 0)) {
      throw new IllegalArgumentException(
          "--task_weights or --shared_dim is given without --tasks; expected all of them or none");
    }
  }

  int sharedDim() {
    return sharedDim;
  }
}
