package io.physiowave.training.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The heads of a {@link MultiTaskModel}.
 *
 * @param tasks a head by the name of its task, in order
 * @param sharedDim width of the layer that all tasks share; 0 for none
 * @param dropout after that layer, 0 to below 1
 */
public record MultiTaskConfig(Map<String, HeadConfig> tasks, int sharedDim, double dropout) {
  /** Checks the sizes. */
  public MultiTaskConfig {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    if (tasks.size() < 2) {
      throw new IllegalArgumentException(
          "tasks are " + tasks.keySet() + "; expected two or more of different names");
    }
    if (sharedDim < 0) {
      throw new IllegalArgumentException("shared_dim is " + sharedDim + "; expected 0 or more");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "dropout of the shared layer is " + dropout + "; expected 0 to below 1");
    }
  }

  /** Outputs of all tasks together. */
  public int outputs() {
    return tasks.values().stream().mapToInt(HeadConfig::outputs).sum();
  }
}
