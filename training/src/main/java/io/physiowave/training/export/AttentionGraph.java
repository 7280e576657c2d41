package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import java.util.List;

/**
 * Writes multi-head attention {@code softmax(q k^T / sqrt(d)) v} either with standard operators or
 * as ONNX Runtime's fused operator.
 */
final class AttentionGraph {
  private final OnnxGraph graph;
  private final boolean fused;

  AttentionGraph(OnnxGraph graph, boolean fused) {
    this.graph = graph;
    this.fused = fused;
  }

  /**
   * Attends.
   *
   * @param query {@code [batch, length, width]}
   * @param key {@code [batch, other length, width]}
   * @param value {@code [batch, other length, width]}
   * @return {@code [batch, length, width]}
   */
  String attend(String query, String key, String value, int heads, int width) {
    float scale = (float) (1 / Math.sqrt((double) width / heads));
    if (fused) {
      return graph.node(
          OnnxGraph.MICROSOFT,
          "MultiHeadAttention",
          List.of(query, key, value),
          attribute("num_heads", (long) heads),
          attribute("scale", scale));
    }
    String scaled = graph.multiply(query, graph.scalar(scale));
    String queries = heads(scaled, heads, width, 0, 2, 1, 3);
    String keys = heads(key, heads, width, 0, 2, 3, 1);
    String values = heads(value, heads, width, 0, 2, 1, 3);
    String shares = graph.softmax(graph.matrixProduct(queries, keys), -1);
    String attended = graph.transpose(graph.matrixProduct(shares, values), 0, 2, 1, 3);
    return graph.reshape(attended, 0, 0, width);
  }

  private String heads(String input, int heads, int width, long... order) {
    return graph.transpose(graph.reshape(input, 0, 0, heads, width / heads), order);
  }
}
