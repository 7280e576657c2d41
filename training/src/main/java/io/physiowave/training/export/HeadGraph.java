package io.physiowave.training.export;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.Task;
import java.util.List;

/** Writes pooling and the task head: token features to {@code embedding} and {@code logits}. */
final class HeadGraph {
  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;

  HeadGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
  }

  /** One vector a window, {@code [batch, width]}. */
  String pool(String features, int tokens) {
    return switch (config.pooling()) {
      case MEAN -> graph.mean(features, 1, false);
      case MAX -> graph.reduce("ReduceMax", features, 1, false);
      case FIRST -> graph.reshape(graph.slice(features, 1, 0, 1), 0, config.embedDim());
      case LAST ->
          graph.reshape(graph.slice(features, 1, tokens - 1L, tokens), 0, config.embedDim());
      case ATTENTION -> attentionPool(features);
    };
  }

  private String attentionPool(String features) {
    String shares = graph.softmax(graph.mean(features, 2, true), 1);
    return graph.reduce("ReduceSum", graph.multiply(features, shares), 1, false);
  }

  /**
   * The task head's outputs.
   *
   * @param context {@code [batch, K]}, or null when the model takes none
   */
  String logits(String pooled, String context) {
    String prefix = "task_heads." + config.task().publishedName() + ".head.";
    if (config.task() == Task.LINEAR) {
      return weights.linear(pooled, prefix + "0");
    }
    String normalised = weights.layerNorm(pooled, prefix + "0");
    String joined = context == null ? normalised : graph.concatenate(1, normalised, context);
    return weights.linear(graph.gelu(weights.linear(joined, prefix + "1")), prefix + "4");
  }

  /** Softmax over classes, or one sigmoid a label. */
  String probabilities(String logits) {
    return config.task() == Task.MULTILABEL
        ? graph.node("Sigmoid", List.of(logits))
        : graph.softmax(logits, 1);
  }

  /** The K context values {@code [batch, K]} at the centres of their segments. */
  String context(String input, int time) {
    int values = config.contextValues();
    long[] centres = new long[values];
    for (int k = 0; k < values; k++) {
      centres[k] = (long) Math.floor((k + 0.5) * time / values);
    }
    String row = graph.slice(input, 1, config.inChannels(), config.inChannels() + 1L);
    return graph.reshape(graph.gather(row, 2, centres), 0, values);
  }
}
