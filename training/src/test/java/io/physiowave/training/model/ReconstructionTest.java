package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ReconstructionTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder()
          .inChannels(2)
          .maxLevel(1)
          .waveKernelSize(4)
          .waveletNames(List.of("db2"))
          .patchSize(8)
          .embedDim(16)
          .depth(1)
          .numHeads(2)
          .dropout(0)
          .build();

  @Test
  void aFixedTargetGivesTheSameLossAndNoGradientToWhatMakesIt() {
    try (PhysioWaveModel model = PhysioWaveModel.create(CONFIG, 3)) {
      Scopes.freeing(
          () -> {
            // With every token hidden, the filters can only be reached through the target.
            Tensor input = torch.randn(4, 2, 32);
            Tensor mask =
                torch
                    .ones(new long[] {4, CONFIG.tokens(32)})
                    .gt(new org.bytedeco.pytorch.Scalar(0));
            assertThat(gradient(model, input, mask, Reconstruction::loss)).isGreaterThan(1e-6);
            assertThat(gradient(model, input, mask, Reconstruction::lossOnFixedTarget)).isZero();
            Reconstruction pass = model.reconstruct(input, mask);
            assertThat(pass.lossOnFixedTarget().item_double()).isEqualTo(pass.loss().item_double());
            return null;
          });
    }
  }

  private static double gradient(
      PhysioWaveModel model, Tensor input, Tensor mask, Function<Reconstruction, Tensor> loss) {
    model.parameters().values().forEach(parameter -> parameter.mutable_grad().reset());
    loss.apply(model.reconstruct(input, mask)).backward();
    double sum = 0;
    for (var parameter : model.parameters().entrySet()) {
      Tensor gradient = parameter.getValue().grad();
      if (parameter.getKey().contains("wavelet_filters") && gradient.defined()) {
        sum += gradient.abs().sum().item_double();
      }
    }
    return sum;
  }
}
