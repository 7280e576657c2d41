package io.physiowave.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rewrites chosen nodes of a float32 graph to compute in float16: their constants become float16
 * and casts stand where values cross the border. Softmax and what leaves the graph stay float32.
 */
final class HalfPrecision {
  private static final Set<String> ALLOWED =
      Set.of(
          "MatMul",
          "Gemm",
          "Add",
          "Sub",
          "Mul",
          "Gelu",
          "Reshape",
          "Transpose",
          "Concat",
          "Slice",
          "Split",
          "MultiHeadAttention",
          "RotaryEmbedding");

  private final GraphProto graph;
  private final Set<String> reducible;
  private final Set<String> outputs;
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private final Map<String, TensorProto> kept = new LinkedHashMap<>();
  private final Set<String> halves = new HashSet<>();
  private final Map<String, String> casts = new HashMap<>();
  private final GraphProto.Builder result;

  private HalfPrecision(GraphProto graph, Set<String> reducible) {
    this.graph = graph;
    this.reducible = reducible;
    outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    result = graph.toBuilder().clearNode().clearInitializer();
  }

  /**
   * The rewritten graph.
   *
   * @param reducible names of the nodes that may compute in float16
   */
  static GraphProto applied(GraphProto graph, Set<String> reducible) {
    return new HalfPrecision(graph, reducible).rewritten();
  }

  private GraphProto rewritten() {
    for (NodeProto node : graph.getNodeList()) {
      boolean half =
          reducible.contains(node.getName())
              && ALLOWED.contains(node.getOpType())
              && Collections.disjoint(outputs, node.getOutputList());
      NodeProto.Builder changed = node.toBuilder().clearInput();
      for (String input : node.getInputList()) {
        changed.addInput(half ? inHalf(input) : inSingle(input));
      }
      result.addNode(changed);
      if (half) {
        halves.addAll(node.getOutputList());
      }
    }
    return result.addAllInitializer(kept.values()).build();
  }

  private String inHalf(String value) {
    TensorProto constant = constants.get(value);
    if (constant == null) {
      return halves.contains(value) ? value : cast(value, TensorProto.DataType.FLOAT16);
    }
    if (constant.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
      return keep(constant);
    }
    String name = value + "_half";
    kept.computeIfAbsent(name, key -> converted(constant, key));
    return name;
  }

  private String inSingle(String value) {
    TensorProto constant = constants.get(value);
    if (constant != null) {
      return keep(constant);
    }
    return halves.contains(value) ? cast(value, TensorProto.DataType.FLOAT) : value;
  }

  private String keep(TensorProto constant) {
    kept.put(constant.getName(), constant);
    return constant.getName();
  }

  private String cast(String value, TensorProto.DataType type) {
    return casts.computeIfAbsent(
        value,
        key -> {
          String name = value + "_" + type.name().toLowerCase(java.util.Locale.ROOT);
          result.addNode(
              NodeProto.newBuilder()
                  .setOpType("Cast")
                  .setName(name)
                  .addInput(value)
                  .addOutput(name)
                  .addAttribute(
                      AttributeProto.newBuilder()
                          .setName("to")
                          .setType(AttributeProto.AttributeType.INT)
                          .setI(type.getNumber())));
          return name;
        });
  }

  private static TensorProto converted(TensorProto constant, String name) {
    FloatBuffer values =
        constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.remaining() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      bytes.putShort(Fp16Conversions.floatToFp16(values.get()));
    }
    return constant.toBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT16.getNumber())
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }
}
