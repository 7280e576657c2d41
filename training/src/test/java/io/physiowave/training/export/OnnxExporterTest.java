package io.physiowave.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.physiowave.training.model.FusedModel;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigBuilder;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Normalisation;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Pooling;
import io.physiowave.training.model.PositionEncoding;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxExporterTest {
  private static final int SAMPLES = 60;
  private static final int WINDOWS = 5;

  private static ModelConfigBuilder small() {
    return ModelConfig.builder()
        .inChannels(2)
        .maxLevel(2)
        .waveKernelSize(8)
        .waveletNames(List.of("db4", "sym3"))
        .patchSize(10)
        .embedDim(16)
        .depth(2)
        .numHeads(2)
        .numClasses(3)
        .task(Task.CLASSIFICATION);
  }

  static Stream<Arguments> configurations() {
    return Stream.of(
        Arguments.of("published choices", small().build()),
        Arguments.of("one channel", small().inChannels(1).build()),
        Arguments.of("three channels", small().inChannels(3).build()),
        Arguments.of("eight channels", small().inChannels(8).build()),
        Arguments.of("nine channels", small().inChannels(9).maxLevel(3).build()),
        Arguments.of("one wavelet", small().waveletNames(List.of("db4")).build()),
        Arguments.of(
            "one wavelet, separate channels",
            small()
                .inChannels(3)
                .waveletNames(List.of("db4"))
                .useSeparateChannel(true)
                .maxLevel(3)
                .build()),
        Arguments.of(
            "heads of six",
            small().embedDim(18).numHeads(3).posEmbedType(PositionEncoding.SEQUENCE).build()),
        Arguments.of("one patch a row", small().patchSize(60).build()),
        Arguments.of("odd kernel", small().waveKernelSize(7).build()),
        Arguments.of("separate channels", small().useSeparateChannel(true).build()),
        Arguments.of("one level", small().maxLevel(1).build()),
        Arguments.of("samples beyond the last patch", small().patchSize(13).build()),
        Arguments.of(
            "positions along one axis", small().posEmbedType(PositionEncoding.SEQUENCE).build()),
        Arguments.of("no positions", small().usePosEmbed(false).build()),
        Arguments.of("part of each head rotated", small().ropeDim(4).build()),
        Arguments.of("max pooling", small().pooling(Pooling.MAX).build()),
        Arguments.of("first token", small().pooling(Pooling.FIRST).build()),
        Arguments.of("last token", small().pooling(Pooling.LAST).build()),
        Arguments.of("context row", small().contextValues(5).build()),
        Arguments.of(
            "normalised by window",
            small().normalisation(new Normalisation.WindowZScore(1e-6f)).build()),
        Arguments.of(
            "fixed scale",
            small()
                .normalisation(new Normalisation.Fixed(List.of(2f, 0.5f), List.of(0.1f, -0.1f)))
                .build()),
        Arguments.of(
            "statistics of channels", small().inChannels(4).channelStatistics(0.05).build()),
        Arguments.of(
            "statistics beside a context row",
            small().contextValues(3).channelStatistics(0.05).build()),
        Arguments.of(
            "statistics of one channel", small().inChannels(1).channelStatistics(0.05).build()),
        Arguments.of(
            "compressed",
            small().normalisation(new Normalisation.FixedCompressed(List.of(0.1f, 1f))).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void theGraphAnswersAsTheModelDoes(String name, ModelConfig config) throws IOException {
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      ModelWeights weights = stirred(model.weights());
      model.load(weights);
      for (GraphStyle style : List.of(GraphStyle.PLAIN, GraphStyle.FUSED)) {
        byte[] bytes = new OnnxExporter(style).classifier(config, weights, SAMPLES);
        assertThat(difference(bytes, "logits", TorchReference.logits(model, SAMPLES)).largest())
            .as("%s", style)
            .isLessThan(2e-5);
      }
    }
  }

  /** Short ones are resized by a product, long ones by gathering. */
  @ParameterizedTest
  @ValueSource(ints = {41, 255, 300})
  void windowsOfOtherLengthsAreResizedAlike(int samples) throws IOException {
    ModelConfig config = small().waveKernelSize(7).build();
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      ModelWeights weights = stirred(model.weights());
      model.load(weights);
      byte[] bytes = new OnnxExporter(GraphStyle.FUSED).classifier(config, weights, samples);
      assertThat(difference(bytes, "logits", TorchReference.logits(model, samples)).largest())
          .isLessThan(2e-5);
    }
  }

  /** Far from zero, squares would cancel. */
  @Test
  void aFlatOrShiftedWindowIsNormalisedAsTheModelDoes() throws IOException {
    ModelConfig config =
        small()
            .inChannels(4)
            .normalisation(new Normalisation.WindowZScore(1e-6f))
            .channelStatistics(0.05)
            .build();
    float[] windows = noise(3 * config.inputRows() * SAMPLES);
    Arrays.fill(windows, 0, SAMPLES, 0);
    Arrays.fill(windows, SAMPLES, 2 * SAMPLES, 7);
    for (int i = config.inputRows() * SAMPLES; i < windows.length; i++) {
      windows[i] += 100;
    }
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      ModelWeights weights = stirred(model.weights());
      model.load(weights);
      for (GraphStyle style : List.of(GraphStyle.PLAIN, GraphStyle.FUSED)) {
        byte[] bytes = new OnnxExporter(style).classifier(config, weights, SAMPLES);
        try (OnnxModel exported = OnnxModel.load(bytes, "exported", 1)) {
          ExportCheck.Difference difference =
              ExportCheck.compare(
                  exported,
                  "logits",
                  TorchReference.logits(model, SAMPLES),
                  CheckWindows.of(windows, 3));
          assertThat(difference.largest()).isLessThan(1e-4);
        }
      }
    }
  }

  static Stream<GraphStyle> styles() {
    return Stream.of(GraphStyle.PLAIN, GraphStyle.FUSED)
        .flatMap(style -> Stream.of(Precision.values()).map(style::in));
  }

  @Nested
  class LowerPrecision {
    private final ModelConfig config = small().embedDim(64).depth(3).build();

    @ParameterizedTest
    @MethodSource("io.physiowave.training.export.OnnxExporterTest#styles")
    void staysNearTheModel(GraphStyle style) throws IOException {
      staysNear(style, config);
    }

    /** Wide enough for fused attention between wavelet levels and for integers in it. */
    @ParameterizedTest
    @MethodSource("io.physiowave.training.export.OnnxExporterTest#styles")
    void staysNearTheModelOfManyChannels(GraphStyle style) throws IOException {
      staysNear(style, small().inChannels(16).embedDim(64).build());
    }

    private void staysNear(GraphStyle style, ModelConfig config) throws IOException {
      try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
        ModelWeights weights = stirred(model.weights());
        model.load(weights);
        byte[] bytes = new OnnxExporter(style).classifier(config, weights, SAMPLES);
        ExportCheck.Difference difference =
            difference(bytes, "logits", TorchReference.logits(model, SAMPLES));
        double allowed =
            switch (style.precision()) {
              case FP32 -> 1e-5;
              case FP16 -> 5e-3;
              case INT8 -> 5e-2;
            };
        assertThat(difference.largest()).isLessThan(allowed * difference.magnitude());
        if (style.precision() != Precision.FP32) {
          assertThat(difference.largest()).isGreaterThan(1e-6);
        }
      }
    }

    @Test
    void makesTheFileSmaller() {
      ModelConfig large = small().embedDim(128).depth(2).build();
      Map<Precision, Integer> sizes = new EnumMap<>(Precision.class);
      try (PhysioWaveModel model = PhysioWaveModel.create(large, 7)) {
        for (Precision precision : Precision.values()) {
          byte[] bytes =
              new OnnxExporter(GraphStyle.FUSED.in(precision))
                  .classifier(large, model.weights(), SAMPLES);
          sizes.put(precision, bytes.length);
        }
      }
      assertThat(sizes.get(Precision.FP16)).isLessThan(sizes.get(Precision.FP32) * 6 / 10);
      assertThat(sizes.get(Precision.INT8)).isLessThan(sizes.get(Precision.FP16) * 8 / 10);
    }

    @ParameterizedTest
    @MethodSource("io.physiowave.training.export.OnnxExporterTest#styles")
    void aWindowsAnswerDoesNotDependOnItsNeighbours(GraphStyle style) throws IOException {
      try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
        byte[] bytes =
            new OnnxExporter(style).classifier(config, stirred(model.weights()), SAMPLES);
        float[] window = noise(config.inputRows() * SAMPLES);
        float[] crowd = noise(3 * window.length);
        for (int i = 0; i < crowd.length; i++) {
          crowd[i] *= 1000;
        }
        System.arraycopy(window, 0, crowd, window.length, window.length);
        try (OnnxModel exported = OnnxModel.load(bytes, "exported", 1)) {
          float[] alone = exported.run(FloatBuffer.wrap(window), 1).logits();
          float[] among = exported.run(FloatBuffer.wrap(crowd), 3).logits();
          assertThat(Arrays.copyOfRange(among, 3, 6)).containsExactly(alone, within(1e-4f));
        }
      }
    }
  }

  @Nested
  class Encoders {
    @ParameterizedTest
    @MethodSource("io.physiowave.training.export.OnnxExporterTest#styles")
    void givePooledAndWholeFeatures(GraphStyle style) throws IOException {
      ModelConfig config = small().embedDim(32).task(Task.PRETRAIN).pooling(Pooling.MAX).build();
      try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
        ModelWeights weights = stirred(model.weights());
        model.load(weights);
        byte[] bytes = new OnnxExporter(style).encoder(config, weights, SAMPLES);
        ExportCheck.Difference difference =
            difference(bytes, "embedding", TorchReference.embedding(model, SAMPLES));
        assertThat(difference.largest())
            .isLessThan(style.precision().tolerance(difference.magnitude()));
        try (OnnxModel exported = OnnxModel.load(bytes, "encoder", 1)) {
          assertThat(exported.outputs()).containsOnlyKeys("embedding", "features");
          assertThat(exported.outputs().get("features"))
              .containsExactly(-1, config.tokens(SAMPLES), 32);
        }
      }
    }
  }

  @Nested
  class Fusions {
    private final HeadConfig head =
        HeadConfig.withoutContext(Task.CLASSIFICATION, 3, 8, 0, Pooling.MEAN);

    private FusionParts parts() {
      Map<String, FusionParts.Signal> signals = new LinkedHashMap<>();
      Map<String, PhysioWaveModel> encoders = new LinkedHashMap<>();
      ModelWeights weights;
      signals.put("ecg", signal(small().inChannels(1).embedDim(32).build(), 60));
      signals.put("emg", signal(small().inChannels(3).patchSize(8).build(), 80));
      signals.forEach(
          (name, signal) -> encoders.put(name, PhysioWaveModel.create(signal.config(), 1)));
      try (FusedModel model = FusedModel.create(encoders, head, 3)) {
        weights = stirred(model.weights());
      }
      encoders.values().forEach(PhysioWaveModel::close);
      return new FusionParts(signals, head, weights);
    }

    private FusionParts.Signal signal(ModelConfig config, int time) {
      ModelConfig encoder = config.toBuilder().task(Task.PRETRAIN).build();
      try (PhysioWaveModel model = PhysioWaveModel.create(encoder, 5)) {
        return new FusionParts.Signal(encoder, stirred(model.weights()), time);
      }
    }

    @ParameterizedTest
    @MethodSource("io.physiowave.training.export.OnnxExporterTest#styles")
    void mixTheSignalsAsTheModelDoes(GraphStyle style) throws IOException {
      CheckWindows windows =
          new CheckWindows(
              Map.of("ecg", noise(WINDOWS * 60), "emg", noise(WINDOWS * 3 * 80)), WINDOWS);
      try (FusionSubject subject = new FusionSubject(parts());
          OnnxModel exported =
              OnnxModel.load(subject.write(new OnnxExporter(style)), "fusion", 1)) {
        assertThat(exported.inputs()).containsOnlyKeys("ecg", "emg");
        assertThat(exported.outputs().get("embedding")).containsExactly(-1, 32 + 16);
        ExportCheck.Difference difference =
            ExportCheck.compare(exported, "logits", subject.references().get("logits"), windows);
        assertThat(difference.largest())
            .isLessThan(style.precision().tolerance(difference.magnitude()));
      }
    }
  }

  @Test
  void severalLabelsAreProbabilitiesOfTheirOwn() throws IOException {
    ModelConfig config = small().task(Task.MULTILABEL).build();
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      ModelWeights weights = stirred(model.weights());
      model.load(weights);
      byte[] bytes = new OnnxExporter(GraphStyle.FUSED).classifier(config, weights, SAMPLES);
      try (OnnxModel exported = OnnxModel.load(bytes, "labels", 1)) {
        float[] windows = noise(WINDOWS * config.inputRows() * SAMPLES);
        OnnxModel.Answers answers = exported.run(FloatBuffer.wrap(windows), WINDOWS);
        for (int i = 0; i < answers.logits().length; i++) {
          assertThat((double) answers.probabilities()[i])
              .isCloseTo(1 / (1 + Math.exp(-answers.logits()[i])), within(1e-5));
        }
      }
      assertThat(difference(bytes, "logits", TorchReference.logits(model, SAMPLES)).largest())
          .isLessThan(2e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void nothingIsComputedThatIsKnownBefore(GraphStyle style) throws IOException {
    ModelConfig config = small().ropeDim(4).embedDim(64).build();
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      GraphProto graph =
          ModelProto.parseFrom(new OnnxExporter(style).classifier(config, model.weights(), SAMPLES))
              .getGraph();
      Set<String> constants =
          graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
      assertThat(graph.getNodeList())
          .noneMatch(node -> node.getOpType().equals("Dropout"))
          .noneMatch(node -> constants.containsAll(node.getInputList()));
      Set<String> used =
          graph.getNodeList().stream()
              .flatMap(node -> node.getInputList().stream())
              .collect(Collectors.toSet());
      assertThat(used).containsAll(constants);
    }
  }

  @Test
  void aModelWithoutTaskHeadIsRefused() {
    ModelConfig config = small().task(Task.PRETRAIN).build();
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      OnnxExporter exporter = new OnnxExporter(GraphStyle.FUSED);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> exporter.classifier(config, model.weights(), SAMPLES))
          .withMessageContaining("no task head");
    }
  }

  private static ExportCheck.Difference difference(
      byte[] bytes, String output, TorchReference reference) throws IOException {
    try (OnnxModel exported = OnnxModel.load(bytes, "exported", 1)) {
      float[] windows = noise(WINDOWS * exported.inputRows() * exported.windowSamples());
      return ExportCheck.compare(exported, output, reference, CheckWindows.of(windows, WINDOWS));
    }
  }

  /** Fresh models have zero residual scales, behind which a wrong graph could hide. */
  private static ModelWeights stirred(ModelWeights weights) {
    Random random = new Random(3);
    ModelWeights stirred = weights;
    for (String name : weights.names()) {
      float[] values = weights.get(name).values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (0.1 * random.nextGaussian());
      }
      stirred = stirred.with(name, new WeightTensor(weights.get(name).shape(), values));
    }
    return stirred;
  }

  private static float[] noise(int length) {
    Random random = new Random(5);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
