package io.physiowave.training.export;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;

/** Puts a model's parameters into a graph in the layouts that ONNX operators want. */
final class GraphWeights {
  private final OnnxGraph graph;
  private final ModelWeights weights;

  GraphWeights(OnnxGraph graph, ModelWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /** Raw values of one parameter; not to be written to. */
  float[] values(String name) {
    return weights.get(name).values();
  }

  boolean has(String name) {
    return weights.find(name).isPresent();
  }

  /** Size of one axis of a parameter. */
  int size(String name, int axis) {
    return weights.get(name).shape()[axis];
  }

  /** A vector as it is. */
  String vector(String name) {
    float[] values = values(name);
    return graph.constant(values, values.length);
  }

  /** {@code input @ weight^T + bias} over the last axis. */
  String linear(String input, String prefix) {
    return linear(
        input,
        transposed(weights.get(prefix + ".weight")),
        values(prefix + ".bias"),
        size(prefix + ".weight", 1));
  }

  /**
   * {@code input @ matrix + bias} over the last axis.
   *
   * @param matrix row-major {@code [inputs][outputs]}
   */
  String linear(String input, float[] matrix, float[] bias, int inputs) {
    String product =
        graph.matrixProduct(input, graph.constant(matrix, inputs, matrix.length / inputs));
    return graph.add(product, graph.constant(bias, bias.length));
  }

  String layerNorm(String input, String prefix) {
    return graph.layerNorm(input, vector(prefix + ".weight"), vector(prefix + ".bias"));
  }

  private static float[] transposed(WeightTensor matrix) {
    return transposed(matrix.values(), matrix.shape()[0], matrix.shape()[1]);
  }

  /** Row-major {@code [rows][columns]} to {@code [columns][rows]}. */
  static float[] transposed(float[] values, int rows, int columns) {
    float[] result = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = values[row * columns + column];
      }
    }
    return result;
  }
}
