package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes matrix products in integers. The weights are int8 with one scale a column. The activations
 * are quantised as they come, with one scale a row (a token): so the answer to a window depends on
 * nothing but the window, whoever shares its batch.
 *
 * <p>Both are symmetric. Weights stay within 64, not 127: on processors without VNNI two products
 * are added in 16 bits, which then never overflow, and every processor gives the same integers.
 */
final class QuantisedLinear {
  private static final int WEIGHT_LIMIT = 64;
  private static final int ACTIVATION_LIMIT = 127;
  private static final int ZERO_POINT = 128;

  /** Rows of zeros quantise to zeros instead of to a division by zero. */
  private static final float SMALLEST = 1e-20f;

  private final OnnxGraph graph;
  private final boolean fused;
  private final Map<String, Rows> quantised = new HashMap<>();

  QuantisedLinear(OnnxGraph graph, boolean fused) {
    this.graph = graph;
    this.fused = fused;
  }

  private record Rows(String values, String scale) {}

  /**
   * {@code input @ matrix} over the last axis.
   *
   * @param matrix row-major {@code [inputs][outputs]}
   */
  String product(String input, float[] matrix, int inputs) {
    int outputs = matrix.length / inputs;
    Rows rows = quantised.computeIfAbsent(input, this::quantise);
    float[] scales = columnScales(matrix, outputs);
    String weights = graph.bytes(quantised(matrix, scales), inputs, outputs);
    String columnScales = graph.constant(scales, outputs);
    String inColumns =
        fused
            ? graph.node(
                OnnxGraph.MICROSOFT,
                "MatMulIntegerToFloat",
                List.of(
                    rows.values(),
                    weights,
                    graph.scalar(1),
                    columnScales,
                    graph.unsignedByte(ZERO_POINT)))
            : graph.multiply(
                graph.node(
                    "Cast",
                    List.of(
                        graph.node(
                            "MatMulInteger",
                            List.of(rows.values(), weights, graph.unsignedByte(ZERO_POINT)))),
                    attribute("to", (long) ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT_VALUE)),
                columnScales);
    return graph.multiply(inColumns, rows.scale());
  }

  private Rows quantise(String input) {
    String largest =
        graph.node(
            "Max",
            List.of(
                graph.reduce("ReduceMax", input, -1, true),
                graph.node("Neg", List.of(graph.reduce("ReduceMin", input, -1, true))),
                graph.scalar(SMALLEST)));
    String toIntegers = graph.node("Div", List.of(graph.scalar(ACTIVATION_LIMIT), largest));
    String integers =
        graph.node(
            "QuantizeLinear",
            List.of(
                graph.multiply(input, toIntegers),
                graph.scalar(1),
                graph.unsignedByte(ZERO_POINT)));
    return new Rows(integers, graph.multiply(largest, graph.scalar(1f / ACTIVATION_LIMIT)));
  }

  private static float[] columnScales(float[] matrix, int outputs) {
    float[] scales = new float[outputs];
    for (int i = 0; i < matrix.length; i++) {
      scales[i % outputs] = Math.max(scales[i % outputs], Math.abs(matrix[i]));
    }
    for (int column = 0; column < outputs; column++) {
      scales[column] = Math.max(scales[column], SMALLEST) / WEIGHT_LIMIT;
    }
    return scales;
  }

  private static byte[] quantised(float[] matrix, float[] scales) {
    byte[] values = new byte[matrix.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(matrix[i] / scales[i % scales.length]);
    }
    return values;
  }
}
