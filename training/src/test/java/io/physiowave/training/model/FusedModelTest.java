package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.randn;

import io.physiowave.training.run.AdamWOptimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FusedModelTest {
  private static final HeadConfig HEAD =
      HeadConfig.withoutContext(Task.CLASSIFICATION, 3, 8, 0, Pooling.MEAN);

  private PointerScope scope;
  private PhysioWaveModel ecg;
  private PhysioWaveModel emg;
  private FusedModel fused;

  private static PhysioWaveModel encoder(int channels, int patch, long seed) {
    return PhysioWaveModel.create(
        ModelConfig.builder()
            .inChannels(channels)
            .maxLevel(1)
            .waveKernelSize(6)
            .waveletNames(List.of("db3"))
            .patchSize(patch)
            .embedDim(8 * channels)
            .depth(1)
            .numHeads(2)
            .build(),
        seed);
  }

  @BeforeEach
  void makeModels() {
    scope = new PointerScope();
    ecg = encoder(1, 10, 1);
    emg = encoder(2, 8, 2);
    Map<String, PhysioWaveModel> encoders = new LinkedHashMap<>();
    encoders.put("ecg", ecg);
    encoders.put("emg", emg);
    fused = FusedModel.create(encoders, HEAD, 3);
  }

  @AfterEach
  void close() {
    fused.close();
    ecg.close();
    emg.close();
    scope.close();
  }

  private static Map<String, Tensor> inputs() {
    return Map.of("ecg", randn(4, 1, 60), "emg", randn(4, 2, 80));
  }

  @Test
  void startsWithEqualShares() {
    assertThat(fused.shares()).isEqualTo(Map.of("ecg", 0.5, "emg", 0.5));
  }

  @Test
  void mixesTheSignalsByTheirShares() {
    fused.train(false);
    Map<String, Tensor> both = inputs();
    float[] ecgAlone = Tensors.floats(fused.logits(Map.of("ecg", both.get("ecg"))));
    float[] emgAlone = Tensors.floats(fused.logits(Map.of("emg", both.get("emg"))));
    float[] mixed = Tensors.floats(fused.logits(both));
    assertThat(mixed).hasSize(12);
    for (int index = 0; index < mixed.length; index++) {
      assertThat(mixed[index]).isCloseTo((ecgAlone[index] + emgAlone[index]) / 2, within(1e-6f));
    }
  }

  @Test
  void trainsHeadsAndSharesButNoEncoder() {
    ModelWeights encoderBefore = ecg.weights();
    ModelWeights before = fused.weights();
    try (AdamWOptimizer optimizer =
        new AdamWOptimizer(fused.trainedParameters().values(), 0, 0.9, 0.99)) {
      Tensor labels = Tensor.create(new long[] {0, 1, 2, 0}, 4);
      cross_entropy_loss(fused.logits(inputs()), labels).backward();
      optimizer.step(0.01);
    }
    assertThat(ecg.weights()).isEqualTo(encoderBefore);
    assertThat(ecg.isTraining()).isFalse();
    assertThat(fused.parameters().keySet())
        .startsWith("modality_weights")
        .contains("heads.ecg.head.1.weight", "heads.emg.head.4.bias");
    assertThat(fused.weights().get("modality_weights"))
        .isNotEqualTo(before.get("modality_weights"));
    assertThat(fused.shares().values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void refusesSignalsItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fused.logits(Map.of("eeg", randn(1, 1, 60))))
        .withMessageContaining("[eeg]")
        .withMessageContaining("ecg");
  }
}
