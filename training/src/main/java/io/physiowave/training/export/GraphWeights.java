package io.physiowave.training.export;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;

/** Puts a model's parameters into a graph in the layouts that ONNX operators want. */
final class GraphWeights {
  /** Below it, quantising costs more time than integer products save. */
  private static final int SMALLEST_QUANTISED_INPUT = 32;

  private final OnnxGraph graph;
  private final ModelWeights weights;
  private final GraphStyle style;
  private final QuantisedLinear integers;

  GraphWeights(OnnxGraph graph, ModelWeights weights, GraphStyle style) {
    this.graph = graph;
    this.weights = weights;
    this.style = style;
    integers = new QuantisedLinear(graph, style.fused());
  }

  /** How the graph is written. */
  GraphStyle style() {
    return style;
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

  /** {@code input @ weight^T} over the last axis, without the bias. */
  String product(String input, String prefix) {
    return product(input, transposed(weights.get(prefix + ".weight")), size(prefix + ".weight", 1));
  }

  /**
   * {@code input @ matrix} over the last axis.
   *
   * @param matrix row-major {@code [inputs][outputs]}
   */
  String product(String input, float[] matrix, int inputs) {
    return quantises(inputs)
        ? integers.product(input, matrix, inputs)
        : graph.matrixProduct(input, graph.constant(matrix, inputs, matrix.length / inputs));
  }

  private boolean quantises(int inputs) {
    return style.precision() == Precision.INT8
        && graph.isReducing()
        && inputs >= SMALLEST_QUANTISED_INPUT;
  }

  /**
   * {@code rows @ weight^T + bias}.
   *
   * @param rows {@code [rows, inputs]}
   */
  String linear(String rows, String prefix) {
    return linear(
        rows,
        transposed(weights.get(prefix + ".weight")),
        values(prefix + ".bias"),
        size(prefix + ".weight", 1));
  }

  /**
   * {@code rows @ matrix + bias}.
   *
   * @param rows {@code [rows, inputs]}
   * @param matrix row-major {@code [inputs][outputs]}
   */
  String linear(String rows, float[] matrix, float[] bias, int inputs) {
    if (quantises(inputs)) {
      // As a row: ONNX Runtime would fuse a vector with a GELU behind it, which it computes slower.
      return graph.add(product(rows, matrix, inputs), graph.constant(bias, 1, bias.length));
    }
    return graph.gemm(
        rows, graph.constant(matrix, inputs, bias.length), graph.constant(bias, bias.length));
  }

  String layerNorm(String input, String prefix) {
    return graph.layerNorm(input, vector(prefix + ".weight"), vector(prefix + ".bias"));
  }

  private static float[] transposed(WeightTensor matrix) {
    return transposed(matrix.values(), matrix.shape()[0], matrix.shape()[1]);
  }

  /** {@code matrix @ vector + bias} of a row-major {@code [outputs][inputs]} matrix. */
  static float[] applied(float[] matrix, float[] vector, float[] bias) {
    float[] result = new float[bias.length];
    for (int row = 0; row < result.length; row++) {
      double sum = bias[row];
      for (int column = 0; column < vector.length; column++) {
        sum += (double) matrix[row * vector.length + column] * vector[column];
      }
      result[row] = (float) sum;
    }
    return result;
  }

  /** Every value times a factor. */
  static float[] scaled(float[] values, float factor) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] * factor;
    }
    return result;
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
