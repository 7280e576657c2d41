package io.physiowave.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
            "compressed",
            small().normalisation(new Normalisation.FixedCompressed(List.of(0.1f, 1f))).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void theGraphAnswersAsTheModelDoes(String name, ModelConfig config) throws IOException {
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      ModelWeights weights = stirred(model.weights());
      model.load(weights);
      float[] windows = noise(WINDOWS * config.inputRows() * SAMPLES);
      for (boolean fused : new boolean[] {false, true}) {
        byte[] bytes = new OnnxExporter(fused).export(config, weights, SAMPLES, null);
        try (OnnxModel exported = OnnxModel.load(bytes, name, 1)) {
          double difference =
              ExportCheck.largestDifference(
                  exported, new TorchReference(model, SAMPLES), windows, WINDOWS);
          assertThat(difference).as(fused ? "fused" : "plain").isLessThan(2e-5);
        }
      }
    }
  }

  @Test
  void aModelWithoutTaskHeadIsRefused() {
    ModelConfig config = small().task(Task.PRETRAIN).build();
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 7)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new OnnxExporter(true).export(config, model.weights(), SAMPLES, null))
          .withMessageContaining("no task head");
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
