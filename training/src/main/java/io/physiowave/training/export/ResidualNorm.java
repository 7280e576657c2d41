package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import java.util.List;

/**
 * Writes sums that are normalised at once, as at the start of a transformer and after each branch
 * of its blocks; one fused operator where that is allowed.
 */
final class ResidualNorm {
  private final OnnxGraph graph;
  private final GraphWeights weights;

  ResidualNorm(OnnxGraph graph, GraphWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * The residual and its normalised form.
   *
   * @param sum {@code [batch, tokens, width]}
   * @param normalised of the same shape
   */
  record State(String sum, String normalised) {}

  /**
   * The normalised form of {@code value + bias}.
   *
   * @param value {@code [batch, tokens, width]}
   */
  String normalised(String value, float[] bias, int tokens, String norm) {
    if (!weights.style().fused()) {
      return weights.layerNorm(graph.add(value, graph.constant(bias, bias.length)), norm);
    }
    // ONNX Runtime adds and normalises five times as fast as it normalises alone.
    float[] nothing = new float[tokens * bias.length];
    return added(value, graph.constant(nothing, 1, tokens, bias.length), bias, norm).normalised();
  }

  /**
   * The start of a stack of blocks: {@code sum = value + constant}.
   *
   * @param value {@code [batch, tokens, width]}
   * @param constant {@code [tokens * width]}, the same for every window
   */
  State start(String value, float[] constant, int tokens, String norm) {
    String added = graph.constant(constant, 1, tokens, constant.length / tokens);
    if (!weights.style().fused()) {
      String sum = graph.add(value, added);
      return new State(sum, weights.layerNorm(sum, norm));
    }
    return added(value, added, new float[constant.length / tokens], norm);
  }

  /**
   * {@code sum = residual + branch + bias}, normalised by the layer {@code norm}.
   *
   * @param branch of the residual's shape
   * @param bias a vector of the width
   */
  State add(String residual, String branch, float[] bias, String norm) {
    if (!weights.style().fused()) {
      String sum = graph.add(residual, graph.add(branch, graph.constant(bias, bias.length)));
      return new State(sum, weights.layerNorm(sum, norm));
    }
    return added(residual, branch, bias, norm);
  }

  private State added(String left, String right, float[] bias, String norm) {
    List<String> outputs =
        graph.nodes(
            OnnxGraph.MICROSOFT,
            "SkipLayerNormalization",
            List.of(
                left,
                right,
                weights.vector(norm + ".weight"),
                weights.vector(norm + ".bias"),
                graph.constant(bias, bias.length)),
            4,
            attribute("epsilon", OnnxGraph.EPSILON));
    return new State(outputs.get(3), outputs.get(0));
  }
}
