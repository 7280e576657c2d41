package io.physiowave.streaming.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.model.ModelCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Tiny models whose answer anyone can foresee: class k is nearest when the mean of the first input
 * row is k.
 */
public final class TestModels {
  /** Window of {@link #emg}, samples at its rate. */
  public static final int EMG_WINDOW = 40;

  /** Distance of windows of {@link #emg}. */
  public static final int EMG_HOP = 20;

  /** Smallest value at which {@link #writeFragile} fails. */
  public static final int BREAKS_AT = 2;

  /** Smallest value at which {@link #writeSlow} takes its time. */
  public static final int SLOW_AT = 2;

  /** Rounds of a loop that does nothing, about a second. */
  private static final int SLOW_ROUNDS = 400_000;

  private TestModels() {}

  /** {@link #emg(Decision)} under another version. */
  public static ModelCard emg(Decision decision, String version) {
    return emg(decision, version, EMG_WINDOW);
  }

  /** {@link #emg(Decision)} under another version with windows of another length. */
  public static ModelCard emg(Decision decision, String version, int window) {
    ModelCard card = emg(decision);
    return new ModelCard(
        card.schema(),
        card.name(),
        version,
        card.task(),
        card.modality(),
        card.labels(),
        card.channels(),
        card.unit(),
        card.sampleRateHz(),
        new Windowing.Sliding(window, EMG_HOP),
        card.filters(),
        card.normalisation(),
        card.decision(),
        card.opset(),
        card.exportDifference(),
        card.provenance(),
        card.evaluations());
  }

  /** A sliding EMG model of two channels in mV at 200 Hz with classes REST, FIST, WAVE. */
  public static ModelCard emg(Decision decision) {
    return card(
        "test-emg",
        Modality.EMG,
        List.of("REST", "FIST", "WAVE"),
        List.of(ModelChannel.named("ch1"), ModelChannel.named("ch2")),
        200,
        new Windowing.Sliding(EMG_WINDOW, EMG_HOP),
        decision);
  }

  /** The same of other channels. */
  public static ModelCard emgOf(Decision decision, List<ModelChannel> channels) {
    return card(
        "test-emg",
        Modality.EMG,
        List.of("REST", "FIST", "WAVE"),
        channels,
        200,
        new Windowing.Sliding(EMG_WINDOW, EMG_HOP),
        decision);
  }

  /** The same under another name with other labels. */
  public static ModelCard emgWithLabels(List<String> labels) {
    return card(
        "test-other",
        Modality.EMG,
        labels,
        List.of(ModelChannel.named("ch1"), ModelChannel.named("ch2")),
        200,
        new Windowing.Sliding(EMG_WINDOW, EMG_HOP),
        Decision.ARG_MAX);
  }

  /** An EMG encoder, which gives features and no labels. */
  public static ModelCard encoder() {
    ModelCard card = emg(Decision.ARG_MAX);
    return with(
        card, "test-encoder", card.version(), ModelCard.ENCODING, List.of(), card.channels());
  }

  /** A card under another name and version. */
  public static ModelCard renamed(ModelCard card, String name, String version) {
    return with(card, name, version, card.task(), card.labels(), card.channels());
  }

  /** A card that reads other channels. */
  public static ModelCard of(ModelCard card, List<ModelChannel> channels) {
    return with(card, card.name(), card.version(), card.task(), card.labels(), channels);
  }

  private static ModelCard with(
      ModelCard card,
      String name,
      String version,
      String task,
      List<String> labels,
      List<ModelChannel> channels) {
    return new ModelCard(
        card.schema(),
        name,
        version,
        task,
        card.modality(),
        labels,
        channels,
        card.unit(),
        card.sampleRateHz(),
        card.windowing(),
        card.filters(),
        card.normalisation(),
        card.decision(),
        card.opset(),
        card.exportDifference(),
        card.provenance(),
        card.evaluations());
  }

  /** A beat model of one lead in mV at 250 Hz with classes N, V. */
  public static ModelCard ecg() {
    return ecg(List.of());
  }

  /** {@link #ecg()} with a context row of rhythm features. */
  public static ModelCard ecg(List<String> context) {
    return card(
        "test-ecg",
        Modality.ECG,
        List.of("N", "V"),
        List.of(ModelChannel.named("II")),
        250,
        new Windowing.BeatCentred(100, 40, context),
        Decision.ARG_MAX);
  }

  private static ModelCard card(
      String name,
      Modality modality,
      List<String> labels,
      List<ModelChannel> channels,
      double rate,
      Windowing windowing,
      Decision decision) {
    return new ModelCard(
        ModelCard.SCHEMA,
        name,
        "1",
        "test",
        modality,
        labels,
        channels,
        "mV",
        rate,
        windowing,
        List.of(),
        Map.of(),
        decision,
        21,
        0,
        null,
        List.of());
  }

  /** Writes a model that answers as its card says; the file is named after the card. */
  public static Path write(Path directory, ModelCard card) {
    return write(directory, card, card.labels().size());
  }

  /** Writes a model with a number of classes that the card need not share. */
  public static Path write(Path directory, ModelCard card, int classes) {
    try {
      return Files.write(
          directory.resolve(card.name() + ".onnx"), model(card, classes).toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes models and reads them as the job does. */
  public static ModelCatalogue catalogue(Path directory, ModelCard... cards) {
    return ModelCatalogue.read(
        Arrays.stream(cards).map(card -> write(directory, card).toString()).toList());
  }

  /**
   * Writes a model that answers as its card says as long as no value reaches {@value #BREAKS_AT};
   * there a look-up in a table of that many rows fails at run time.
   */
  public static Path writeFragile(Path directory, ModelCard card) {
    int classes = card.labels().size();
    GraphProto sound = graph(card, classes);
    GraphProto.Builder graph = sound.toBuilder().clearNode();
    TensorProto.Builder table =
        TensorProto.newBuilder()
            .setName("table")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(BREAKS_AT);
    for (int i = 0; i < BREAKS_AT; i++) {
      table.addFloatData(0);
    }
    graph
        .addInitializer(table)
        .addNode(integer(node("ReduceMax", "largest", "signal"), "keepdims", 0))
        .addNode(integer(node("Cast", "row", "largest"), "to", TensorProto.DataType.INT64_VALUE))
        .addNode(node("Gather", "nothing", "table", "row"))
        .addNode(node("Add", "checked", "signal", "nothing"));
    return writeBehind(directory, card, graph, sound);
  }

  /**
   * Writes a model that answers as its card says, but takes about a second for a batch in which a
   * value reaches {@value #SLOW_AT}, counting in a loop; such a call cannot be interrupted.
   */
  public static Path writeSlow(Path directory, ModelCard card) {
    GraphProto sound = graph(card, card.labels().size());
    GraphProto.Builder graph = sound.toBuilder().clearNode();
    graph
        .addInitializer(scalar("fast-level", TensorProto.DataType.INT64, SLOW_AT - 1))
        .addInitializer(scalar("rounds-a-level", TensorProto.DataType.INT64, SLOW_ROUNDS))
        .addInitializer(scalar("none", TensorProto.DataType.FLOAT, 0))
        .addNode(integer(node("ReduceMax", "largest", "signal"), "keepdims", 0))
        .addNode(integer(node("Cast", "level", "largest"), "to", TensorProto.DataType.INT64_VALUE))
        .addNode(node("Sub", "slowness", "level", "fast-level"))
        .addNode(node("Mul", "rounds", "slowness", "rounds-a-level"))
        .addNode(
            node("Loop", "counted", "rounds", "", "none").toBuilder()
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(countingBody())))
        .addNode(node("Mul", "nothing", "counted", "none"))
        .addNode(node("Add", "checked", "signal", "nothing"));
    return writeBehind(directory, card, graph, sound);
  }

  /** Writes nodes that make {@code checked} of the signal, and behind them those of a model. */
  private static Path writeBehind(
      Path directory, ModelCard card, GraphProto.Builder graph, GraphProto sound) {
    for (NodeProto node : sound.getNodeList()) {
      boolean reads = node.getInput(0).equals("signal");
      graph.addNode(reads ? node.toBuilder().setInput(0, "checked").build() : node);
    }
    try {
      return Files.write(
          directory.resolve(card.name() + ".onnx"), model(card, graph.build()).toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One round: what is carried grows by one. */
  private static GraphProto countingBody() {
    return GraphProto.newBuilder()
        .setName("count")
        .addInput(scalarValue("round", TensorProto.DataType.INT64))
        .addInput(scalarValue("before", TensorProto.DataType.BOOL))
        .addInput(scalarValue("carried", TensorProto.DataType.FLOAT))
        .addInitializer(scalar("one", TensorProto.DataType.FLOAT, 1))
        .addNode(node("Identity", "after", "before"))
        .addNode(node("Add", "grown", "carried", "one"))
        .addOutput(scalarValue("after", TensorProto.DataType.BOOL))
        .addOutput(scalarValue("grown", TensorProto.DataType.FLOAT))
        .build();
  }

  private static TensorProto scalar(String name, TensorProto.DataType type, int value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    return type == TensorProto.DataType.FLOAT
        ? tensor.addFloatData(value).build()
        : tensor.addInt64Data(value).build();
  }

  private static ValueInfoProto scalarValue(String name, TensorProto.DataType type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(TensorShapeProto.getDefaultInstance())))
        .build();
  }

  /** Writes a model that takes one window at a time, whatever its card lets expect. */
  public static Path writeForSingleWindows(Path directory, ModelCard card) {
    int size = card.inputRows() * card.windowSamples();
    GraphProto sound = graph(card, card.labels().size());
    GraphProto.Builder graph = sound.toBuilder().clearNode();
    graph
        .addInitializer(
            TensorProto.newBuilder()
                .setName("single")
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(2)
                .addInt64Data(1)
                .addInt64Data(size))
        .addNode(node("Reshape", "flat", "signal", "single"));
    sound.getNodeList().stream()
        .filter(node -> !node.getName().equals("flat"))
        .forEach(graph::addNode);
    try {
      return Files.write(
          directory.resolve(card.name() + ".onnx"), model(card, graph.build()).toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a model that answers a column, not a row, for each window. */
  public static Path writeTransposed(Path directory, ModelCard card) {
    return writeAnswering(
        directory,
        card,
        node("Transpose", "probabilities", "rows"),
        value("probabilities", card.labels().size(), -1));
  }

  /**
   * Writes a model that answers in whole numbers of 32 bits, as many bytes as its card lets expect.
   */
  public static Path writeWholeNumbers(Path directory, ModelCard card) {
    ValueInfoProto.Builder answer = value("probabilities", -1, card.labels().size()).toBuilder();
    answer.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.INT32_VALUE);
    return writeAnswering(
        directory,
        card,
        integer(node("Cast", "probabilities", "rows"), "to", TensorProto.DataType.INT32_VALUE),
        answer.build());
  }

  /**
   * Writes a model in which one more node makes its answer of the {@code rows} that it should be.
   */
  private static Path writeAnswering(
      Path directory, ModelCard card, NodeProto last, ValueInfoProto answer) {
    GraphProto.Builder graph = graph(card, card.labels().size()).toBuilder();
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      if (node.getName().equals("probabilities")) {
        node.setName("rows").setOutput(0, "rows");
      }
    }
    graph.addNode(last).setOutput(0, answer);
    try {
      return Files.write(
          directory.resolve(card.name() + ".onnx"), model(card, graph.build()).toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelProto model(ModelCard card, int classes) {
    return model(card, graph(card, classes));
  }

  private static ModelProto model(ModelCard card, GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(10)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(21))
        .setGraph(graph)
        .addMetadataProps(StringStringEntryProto.newBuilder().setKey("framework").setValue("test"))
        .addMetadataProps(
            StringStringEntryProto.newBuilder()
                .setKey(ModelCard.METADATA_KEY)
                .setValue(ModelCardJson.write(card)))
        .build();
  }

  private static GraphProto graph(ModelCard card, int classes) {
    int size = card.inputRows() * card.windowSamples();
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(size)
            .addDims(classes);
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < classes; k++) {
        weights.addFloatData(i < card.windowSamples() ? 20f * k / card.windowSamples() : 0f);
      }
    }
    TensorProto.Builder bias =
        TensorProto.newBuilder()
            .setName("bias")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(classes);
    for (int k = 0; k < classes; k++) {
      bias.addFloatData(-10f * k * k);
    }
    return GraphProto.newBuilder()
        .setName(card.name())
        .addInput(value("signal", -1, card.inputRows(), card.windowSamples()))
        .addInitializer(weights)
        .addInitializer(bias)
        .addNode(node("Flatten", "flat", "signal"))
        .addNode(node("MatMul", "scores", "flat", "weights"))
        .addNode(node("Add", "logits", "scores", "bias"))
        .addNode(node("Softmax", "probabilities", "logits"))
        .addNode(node("Identity", "embedding", "flat"))
        .addOutput(value("probabilities", -1, classes))
        .addOutput(value("logits", -1, classes))
        .addOutput(value("embedding", -1, size))
        .build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static NodeProto integer(NodeProto node, String attribute, int value) {
    return node.toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value))
        .build();
  }

  private static ValueInfoProto value(String name, int... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int dimension : dimensions) {
      TensorShapeProto.Dimension.Builder size = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(dimension < 0 ? size.setDimParam("batch") : size.setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
