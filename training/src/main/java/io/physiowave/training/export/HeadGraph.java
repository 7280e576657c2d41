package io.physiowave.training.export;

import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.Task;
import java.util.List;

/** Writes a task head: pooled features to outputs. */
final class HeadGraph {
  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final HeadConfig config;
  private final String prefix;

  /**
   * Takes a head.
   *
   * @param prefix of its parameters, e.g. {@code task_heads.classification}
   */
  HeadGraph(OnnxGraph graph, GraphWeights weights, HeadConfig config, String prefix) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.prefix = prefix + ".head.";
  }

  /**
   * The task head's outputs.
   *
   * @param context {@code [batch, K]}, or null when the model takes none
   */
  String logits(String pooled, String context) {
    if (config.task() == Task.LINEAR) {
      return weights.linear(pooled, prefix + "0");
    }
    String normalised = weights.layerNorm(pooled, prefix + "0");
    String joined = context == null ? normalised : graph.concatenate(1, normalised, context);
    return weights.linear(graph.gelu(weights.linear(joined, prefix + "1")), prefix + "4");
  }

  /** Softmax over classes, or one sigmoid a label. */
  static String probabilities(OnnxGraph graph, String logits, Task task) {
    return task == Task.MULTILABEL
        ? graph.node("Sigmoid", List.of(logits))
        : graph.softmax(logits, 1);
  }

  /** The K context values {@code [batch, K]} at the centres of their segments. */
  static String context(OnnxGraph graph, String input, ModelConfig config, int time) {
    int values = config.contextValues();
    long[] centres = new long[values];
    for (int k = 0; k < values; k++) {
      centres[k] = (long) config.inChannels() * time + (long) Math.floor((k + 0.5) * time / values);
    }
    return graph.gather(graph.reshape(input, 0, (long) config.inputRows() * time), 1, centres);
  }
}
