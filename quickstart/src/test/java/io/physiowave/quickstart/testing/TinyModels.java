package io.physiowave.quickstart.testing;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Models in the form of the shipped ones, small enough to be written by a test. */
public final class TinyModels {
  private TinyModels() {}

  /** A beat model of lead MLII at 360 Hz that finds every beat normal. */
  public static Path ecg(Path directory) throws IOException {
    return write(
        directory,
        card(
            "tiny-ecg",
            Modality.ECG,
            List.of("N", "S", "V", "F", "Q"),
            List.of(ModelChannel.named("MLII")),
            "mV",
            360,
            new Windowing.BeatCentred(180, 80, List.of())));
  }

  /** A gesture model of eight channels at 200 Hz that finds the hand always at rest. */
  public static Path emg(Path directory) throws IOException {
    return write(
        directory,
        card(
            "tiny-emg",
            Modality.EMG,
            List.of("1", "2", "3", "4", "5", "6"),
            IntStream.rangeClosed(1, 8)
                .mapToObj(number -> ModelChannel.named("channel" + number))
                .toList(),
            "V",
            200,
            new Windowing.Sliding(96, 20)));
  }

  private static ModelCard card(
      String name,
      Modality modality,
      List<String> labels,
      List<ModelChannel> channels,
      String unit,
      double rate,
      Windowing windowing) {
    return new ModelCard(
        ModelCard.SCHEMA,
        name,
        "1",
        "test",
        modality,
        labels,
        channels,
        unit,
        rate,
        windowing,
        List.of(),
        Map.of(),
        Decision.ARG_MAX,
        21,
        0,
        null,
        List.of());
  }

  private static Path write(Path directory, ModelCard card) throws IOException {
    int classes = card.labels().size();
    int size = card.inputRows() * card.windowSamples();
    TensorProto.Builder weights = floats("weights", size, classes);
    for (int i = 0; i < size * classes; i++) {
      weights.addFloatData(0);
    }
    TensorProto.Builder bias = floats("bias", classes);
    for (int label = 0; label < classes; label++) {
      bias.addFloatData(label == 0 ? 3 : 0);
    }
    GraphProto graph =
        GraphProto.newBuilder()
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
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(10)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(21))
            .setGraph(graph)
            .addMetadataProps(
                StringStringEntryProto.newBuilder()
                    .setKey(ModelCard.METADATA_KEY)
                    .setValue(ModelCardJson.write(card)))
            .build();
    return Files.write(directory.resolve(card.name() + ".onnx"), model.toByteArray());
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
