package io.physiowave.training.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads off the shapes of weights what a configuration leaves open or gets wrong. */
public final class WeightShapes {
  private static final String HEADS = "task_heads.";

  private WeightShapes() {}

  /**
   * The task heads that the weights hold besides the reconstruction head. A head named as a {@link
   * Task} has that task; any other is a classification head, or linear when it has one layer.
   *
   * @param config whose own task's head pools as it says; other heads pool by mean
   * @throws IllegalArgumentException if a head lacks a layer
   */
  public static Map<String, HeadConfig> heads(ModelWeights weights, ModelConfig config) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    for (String name : headNames(weights)) {
      heads.put(name, head(weights, config, name));
    }
    return heads;
  }

  private static Set<String> headNames(ModelWeights weights) {
    Set<String> names = new LinkedHashSet<>();
    for (String parameter : weights.names()) {
      int end = parameter.indexOf('.', HEADS.length());
      if (parameter.startsWith(HEADS) && end > 0) {
        names.add(parameter.substring(HEADS.length(), end));
      }
    }
    names.remove(Task.PRETRAIN.publishedName());
    return names;
  }

  private static HeadConfig head(ModelWeights weights, ModelConfig config, String name) {
    String prefix = HEADS + name + ".head.";
    Task task = task(name, weights.get(prefix + "0.weight"));
    Pooling pooling = name.equals(config.task().publishedName()) ? config.pooling() : Pooling.MEAN;
    if (task == Task.LINEAR) {
      int outputs = weights.get(prefix + "0.weight").shape()[0];
      return HeadConfig.withoutContext(task, outputs, config.embedDim(), 0, pooling);
    }
    int[] hidden = weights.get(prefix + "1.weight").shape();
    int outputs = weights.get(prefix + "4.weight").shape()[0];
    return new HeadConfig(
        task, outputs, hidden[0], config.headDropout(), pooling, hidden[1] - config.embedDim());
  }

  private static Task task(String name, WeightTensor first) {
    return Arrays.stream(Task.values())
        .filter(task -> task.publishedName().equals(name))
        .findFirst()
        .orElse(first.shape().length == 2 ? Task.LINEAR : Task.CLASSIFICATION);
  }
}
