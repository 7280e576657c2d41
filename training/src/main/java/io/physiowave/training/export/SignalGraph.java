package io.physiowave.training.export;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Pooling;

/**
 * Writes everything of a model up to its head: a raw window {@code [batch, inputRows, time]} to
 * token features and to their pooled form.
 */
final class SignalGraph {
  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;
  private final int time;

  SignalGraph(
      OnnxGraph graph, ModelConfig config, ModelWeights weights, int time, GraphStyle style) {
    this.graph = graph;
    this.weights = new GraphWeights(graph, weights, style);
    this.config = config;
    this.time = time;
  }

  /** The parameters in this graph. */
  GraphWeights weights() {
    return weights;
  }

  /** The raw signal rows of an input, without its context row. */
  String signal(String input) {
    return config.contextValues() > 0 ? graph.slice(input, 1, 0, config.inChannels()) : input;
  }

  /** Token features {@code [batch, tokens, width]} of an input. */
  String features(String input) {
    String window =
        new NormalisationGraph(graph)
            .write(signal(input), config.normalisation(), config.inChannels());
    String bands = new WaveletGraph(graph, weights, config, time).write(window);
    return new EncoderGraph(graph, weights, config, time).write(bands);
  }

  /** One vector a window, {@code [batch, embed_dim]}. */
  String pool(String features, Pooling pooling) {
    return pool(features, pooling, config.embedDim());
  }

  /** One vector a window of token features {@code [batch, tokens, width]}. */
  String pool(String features, Pooling pooling, int width) {
    int tokens = config.tokens(time);
    return switch (pooling) {
      case MEAN -> graph.mean(features, 1, false);
      case MAX -> graph.reduce("ReduceMax", features, 1, false);
      case FIRST -> graph.reshape(graph.slice(features, 1, 0, 1), 0, width);
      case LAST -> graph.reshape(graph.slice(features, 1, tokens - 1L, tokens), 0, width);
      case ATTENTION -> attentionPool(features);
    };
  }

  private String attentionPool(String features) {
    String shares = graph.softmax(graph.mean(features, 2, true), 1);
    return graph.reduce("ReduceSum", graph.multiply(features, shares), 1, false);
  }
}
