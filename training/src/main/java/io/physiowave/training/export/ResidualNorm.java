package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import java.util.List;

/**
 * Writes what follows each branch of a transformer block: add the branch to the residual, then
 * normalise; one fused operator where that is allowed.
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

  /** The normalised form of what no branch has been added to yet. */
  State start(String tokens, String norm) {
    return new State(tokens, weights.layerNorm(tokens, norm));
  }

  /**
   * {@code sum = residual + branch + bias}, normalised by the layer {@code norm}.
   *
   * @param branch of the residual's shape
   * @param bias a vector of the width
   */
  State add(String residual, String branch, float[] bias, String norm) {
    if (!weights.style().fused()) {
      String biased = graph.add(branch, graph.constant(bias, bias.length));
      return start(graph.add(residual, biased), norm);
    }
    List<String> outputs =
        graph.nodes(
            OnnxGraph.MICROSOFT,
            "SkipLayerNormalization",
            List.of(
                residual,
                branch,
                weights.vector(norm + ".weight"),
                weights.vector(norm + ".bias"),
                graph.constant(bias, bias.length)),
            4,
            attribute("epsilon", OnnxGraph.EPSILON));
    return new State(outputs.get(3), outputs.get(0));
  }
}
