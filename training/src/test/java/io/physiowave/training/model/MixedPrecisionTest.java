package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixedPrecisionTest {
  private PointerScope scope;

  @BeforeEach
  void openScope() {
    scope = new PointerScope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static PhysioWaveModel model(AttentionKernel kernel) {
    ModelConfig config =
        ModelConfig.builder()
            .inChannels(2)
            .maxLevel(2)
            .waveKernelSize(6)
            .waveletNames(List.of("db3", "sym4"))
            .patchSize(8)
            .embedDim(16)
            .depth(1)
            .numHeads(2)
            .task(Task.CLASSIFICATION)
            .numClasses(3)
            .build();
    PhysioWaveModel model = PhysioWaveModel.create(config, HeadConfig.headsOf(config), kernel, 1);
    model.train(false);
    return model;
  }

  @ParameterizedTest
  @EnumSource
  void staysNearFullPrecisionAndTrains(AttentionKernel kernel) {
    try (PhysioWaveModel model = model(kernel)) {
      Tensor input = randn(4, 2, 64);
      Tensor labels = Tensor.create(new long[] {0, 1, 2, 0}, 4);
      float[] full = Tensors.floats(model.logits(input));

      Tensor mixed = MixedPrecision.on(DeviceType.CPU, () -> model.logits(input));

      assertThat(Tensors.floats(mixed)).containsExactly(full, within(0.02f));
      cross_entropy_loss(mixed.to(ScalarType.Float), labels).backward();
      assertThat(Tensors.floats(model.parameters().get("patch_embed.proj.weight").grad()))
          .doesNotContain(Float.NaN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reconstructsToo(AttentionKernel kernel) {
    try (PhysioWaveModel model = model(kernel)) {
      Tensor input = randn(4, 2, 64);
      Tensor loss = MixedPrecision.on(DeviceType.CPU, () -> model.reconstruct(input, 0.5).loss());
      loss.backward();
      assertThat(Tensors.floats(loss)[0]).isPositive().isFinite();
    }
  }
}
