package io.physiowave.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects the nodes and constants of one ONNX graph. Every method that adds a node returns the
 * name of its output; equal constants are stored once.
 */
final class OnnxGraph {
  /** Domain of ONNX Runtime's own operators. */
  static final String MICROSOFT = "com.microsoft";

  /** Of every normalisation over features, as published. */
  static final float EPSILON = 1e-5f;

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<ByteString, String> constants = new HashMap<>();
  private final Map<String, String> outputs = new HashMap<>();
  private final Set<String> reducible = new HashSet<>();
  private boolean reducing;
  private int nodes;

  OnnxGraph(String name) {
    graph.setName(name);
  }

  /** Declares a float32 input; a size of -1 is the named dynamic batch. */
  String input(String name, long... shape) {
    graph.addInput(value(name, shape));
    return name;
  }

  /** Declares that a node's output leaves the graph under the given name, and that alone. */
  void output(String value, String name, long... shape) {
    outputs.put(value, name);
    graph.addOutput(value(name, shape));
  }

  private static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      var dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(size < 0 ? dimension.setDimParam("batch") : dimension.setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  /** A node of the standard domain with one output. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return node("", operator, inputs, attributes);
  }

  /** A node with one output. */
  String node(String domain, String operator, List<String> inputs, AttributeProto... attributes) {
    return nodes(domain, operator, inputs, 1, attributes).get(0);
  }

  /** A node of the standard domain with several outputs. */
  List<String> nodes(
      String domain, String operator, List<String> inputs, int outputs, AttributeProto... attrs) {
    int number = nodes++;
    if (reducing) {
      reducible.add(operator + "_" + number);
    }
    String[] names = new String[outputs];
    Arrays.setAll(names, i -> operator + "_" + number + (outputs == 1 ? "" : "_" + i));
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(operator)
            .setName(operator + "_" + number)
            .addAllInput(inputs)
            .addAllOutput(List.of(names))
            .addAllAttribute(List.of(attrs)));
    return List.of(names);
  }

  /**
   * Marks every node that the work adds as one that lower precision does not hurt: it multiplies
   * matrices between two normalisations.
   */
  <T> T reducible(Supplier<T> work) {
    boolean before = reducing;
    reducing = true;
    try {
      return work.get();
    } finally {
      reducing = before;
    }
  }

  /** Whether nodes added now may be computed in lower precision. */
  boolean isReducing() {
    return reducing;
  }

  /** Names of the nodes that may be computed in lower precision. */
  Set<String> reducibleNodes() {
    return Collections.unmodifiableSet(reducible);
  }

  /** An int8 constant. */
  String bytes(byte[] values, long... shape) {
    return constant(TensorProto.DataType.INT8, ByteBuffer.wrap(values), shape);
  }

  /** A uint8 scalar. */
  String unsignedByte(int value) {
    return constant(TensorProto.DataType.UINT8, ByteBuffer.wrap(new byte[] {(byte) value}));
  }

  /** A float32 constant. */
  String constant(float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** A float32 scalar. */
  String scalar(float value) {
    return constant(new float[] {value});
  }

  /** A one-dimensional int64 constant: a shape, axes or indices. */
  String integers(long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(TensorProto.DataType.INT64, bytes, values.length);
  }

  private String constant(TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : shape) {
      tensor.addDims(size);
    }
    return constants.computeIfAbsent(
        tensor.build().toByteString(),
        key -> {
          String name = "constant_" + constants.size();
          graph.addInitializer(tensor.setName(name));
          return name;
        });
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  String add(String left, String right) {
    return node("Add", List.of(left, right));
  }

  String subtract(String left, String right) {
    return node("Sub", List.of(left, right));
  }

  String multiply(String left, String right) {
    return node("Mul", List.of(left, right));
  }

  String matrixProduct(String left, String right) {
    return node("MatMul", List.of(left, right));
  }

  /**
   * {@code rows @ matrix + added}.
   *
   * @param rows {@code [rows, inputs]}
   * @param matrix {@code [inputs, outputs]}
   * @param added a vector of the outputs, or {@code [rows, outputs]}
   */
  String gemm(String rows, String matrix, String added) {
    return node("Gemm", List.of(rows, matrix, added));
  }

  /**
   * {@code matrix @ input + bias} at every time.
   *
   * @param input {@code [batch, inputs, time]}
   * @param matrix row-major {@code [outputs][inputs]}
   * @param bias of the outputs
   */
  String pointwise(String input, float[] matrix, float[] bias) {
    int inputs = matrix.length / bias.length;
    String constant = constant(matrix, bias.length, inputs, 1);
    return pointwise(List.of(input, constant, constant(bias, bias.length)));
  }

  /** The same without a bias. */
  String pointwise(String input, float[] matrix, int outputs) {
    return pointwise(List.of(input, constant(matrix, outputs, matrix.length / outputs, 1)));
  }

  private String pointwise(List<String> inputs) {
    return node("Conv", inputs, attribute("kernel_shape", new long[] {1}));
  }

  /** The exact form, by the error function. */
  String gelu(String input) {
    return node("Gelu", List.of(input));
  }

  String softmax(String input, long axis) {
    return node("Softmax", List.of(input), attribute("axis", axis));
  }

  String reshape(String input, long... shape) {
    return node("Reshape", List.of(input, integers(shape)));
  }

  String transpose(String input, long... order) {
    return node("Transpose", List.of(input), attribute("perm", order));
  }

  String concatenate(long axis, String... inputs) {
    return inputs.length == 1
        ? inputs[0]
        : node("Concat", List.of(inputs), attribute("axis", axis));
  }

  /** Takes positions along one axis. */
  String gather(String input, long axis, long... positions) {
    return node("Gather", List.of(input, integers(positions)), attribute("axis", axis));
  }

  /** The half-open range [start, end) along one axis. */
  String slice(String input, long axis, long start, long end) {
    return node(
        "Slice", List.of(input, integers(start), integers(end), integers(axis), integers(1)));
  }

  /** Equal parts along one axis. */
  List<String> split(String input, long axis, int parts) {
    return nodes(
        "",
        "Split",
        List.of(input),
        parts,
        attribute("axis", axis),
        attribute("num_outputs", (long) parts));
  }

  /** So many times a value after the end of one axis. */
  String padEnd(String input, long axis, long times, float value) {
    return node("Pad", List.of(input, integers(0, times), scalar(value), integers(axis)));
  }

  String mean(String input, long axis, boolean keepAxis) {
    return reduce("ReduceMean", input, axis, keepAxis);
  }

  String reduce(String operator, String input, long axis, boolean keepAxis) {
    return node(
        operator, List.of(input, integers(axis)), attribute("keepdims", keepAxis ? 1L : 0L));
  }

  /** Over the last axis. */
  String layerNorm(String input, String weight, String bias) {
    return node(
        "LayerNormalization",
        List.of(input, weight, bias),
        attribute("axis", -1L),
        attribute("epsilon", EPSILON));
  }

  GraphProto build() {
    GraphProto.Builder named = graph.clone();
    for (NodeProto.Builder node : named.getNodeBuilderList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, outputs.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        node.setOutput(i, outputs.getOrDefault(node.getOutput(i), node.getOutput(i)));
      }
    }
    return named.build();
  }
}
