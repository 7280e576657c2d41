package io.physiowave.benchmarks.stream;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that reads the same windows as another one and costs next to nothing: one linear layer.
 * What a job still costs with it is everything but inference.
 */
final class NearFreeModel {
  private static final int OPSET = 21;
  private static final int IR_VERSION = 10;

  private NearFreeModel() {}

  /** Writes the model beside which nothing else changes. */
  static Path write(Path directory, ModelCard like) throws IOException {
    ModelCard card = card(like);
    int classes = card.labels().size();
    int size = card.inputRows() * card.windowSamples();
    TensorProto.Builder weights = floats("weights", size, classes);
    for (int i = 0; i < size * classes; i++) {
      weights.addFloatData(i % 7 - 3);
    }
    GraphProto graph =
        GraphProto.newBuilder()
            .setName(card.name())
            .addInput(value("signal", -1, card.inputRows(), card.windowSamples()))
            .addInitializer(weights)
            .addNode(node("Flatten", "flat", "signal"))
            .addNode(node("MatMul", "logits", "flat", "weights"))
            .addNode(node("Softmax", "probabilities", "logits"))
            .addOutput(value("probabilities", -1, classes))
            .build();
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph)
            .addMetadataProps(
                StringStringEntryProto.newBuilder()
                    .setKey(ModelCard.METADATA_KEY)
                    .setValue(ModelCardJson.write(card)))
            .build();
    return Files.write(directory.resolve(card.name() + ".onnx"), model.toByteArray());
  }

  private static ModelCard card(ModelCard like) {
    return new ModelCard(
        like.schema(),
        "near-free",
        "1",
        like.task(),
        like.modality(),
        like.labels(),
        like.channels(),
        like.unit(),
        like.sampleRateHz(),
        like.windowing(),
        like.filters(),
        like.normalisation(),
        new Decision(List.of(), 0, like.decision().votes()),
        OPSET,
        0,
        null,
        List.of());
  }

  private static TensorProto.Builder floats(String name, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
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
