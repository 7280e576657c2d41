package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PhysioWaveModelTest {
  private static final int CHANNELS = 3;
  private static final int SAMPLES = 96;
  private static final int CLASSES = 4;

  private PointerScope scope;

  @BeforeEach
  void openScope() {
    scope = new PointerScope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static ModelConfigBuilder small() {
    return ModelConfig.builder()
        .inChannels(CHANNELS)
        .maxLevel(2)
        .waveKernelSize(7)
        .waveletNames(List.of("db2", "sym3"))
        .patchSize(16)
        .embedDim(16)
        .depth(1)
        .numHeads(2)
        .task(Task.CLASSIFICATION)
        .numClasses(CLASSES);
  }

  private static Tensor windows(int count) {
    return randn(count, CHANNELS, SAMPLES);
  }

  @Nested
  class Shapes {
    @Test
    void followTheConfiguration() {
      try (PhysioWaveModel model = PhysioWaveModel.create(small().build(), 1)) {
        Tensor input = windows(2);
        assertThat(model.bands(input).shape()).containsExactly(2, 9, SAMPLES);
        assertThat(model.tokens(input).shape()).containsExactly(2, 54, 16);
        assertThat(model.features(input).shape()).containsExactly(2, 54, 16);
        assertThat(model.logits(input).shape()).containsExactly(2, CLASSES);
        assertThat(model.embedding(input).shape()).containsExactly(2, 16);
      }
    }

    @Test
    void ofAReconstructionAreThePatches() {
      try (PhysioWaveModel model = PhysioWaveModel.create(small().build(), 1)) {
        Reconstruction result = model.reconstruct(windows(2), 0.5);
        assertThat(result.predicted().shape()).containsExactly(2, 54, 16);
        assertThat(result.target().shape()).containsExactly(2, 54, 16);
        assertThat(Tensors.longs(result.mask().sum(1))).containsExactly(27, 27);
        assertThat(Tensors.floats(result.loss())).hasSize(1).doesNotContain(Float.NaN);
      }
    }

    @Test
    void ofTheWrongInputAreRefused() {
      try (PhysioWaveModel model = PhysioWaveModel.create(small().build(), 1)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> model.logits(randn(2, CHANNELS + 1, SAMPLES)))
            .withMessageContaining("[2, 4, 96]")
            .withMessageContaining("[batch, 3, samples]");
      }
    }
  }

  @Nested
  class Parameter {
    @Test
    void namesAreThoseOfThePublishedStateDict() {
      try (PhysioWaveModel model = PhysioWaveModel.create(small().build(), 1)) {
        assertThat(model.parameters().keySet())
            .startsWith("mask_token", "wavelet_decomp.selector.wavelet_filters.0.low_filter.weight")
            .contains(
                "wavelet_decomp.sub_ffn.1.base.sigma.scale",
                "wavelet_decomp.res_scales.1",
                "patch_embed.proj.weight",
                "encoder.blocks.0.attn.qkv.bias",
                "task_heads.pretrain.head.4.bias")
            .endsWith("task_heads.classification.head.4.bias");
      }
    }

    @Test
    void valuesAreTheSameForTheSameSeed() {
      ModelConfig config = small().build();
      try (PhysioWaveModel one = PhysioWaveModel.create(config, 5);
          PhysioWaveModel same = PhysioWaveModel.create(config, 5);
          PhysioWaveModel other = PhysioWaveModel.create(config, 6)) {
        assertThat(one.weights()).isEqualTo(same.weights()).isNotEqualTo(other.weights());
      }
    }

    @Test
    void valuesTravelToAnotherModel() {
      ModelConfig config = small().dropout(0).headDropout(0).build();
      try (PhysioWaveModel from = PhysioWaveModel.create(config, 5);
          PhysioWaveModel into = PhysioWaveModel.create(config, 6)) {
        into.load(from.weights());
        from.train(false);
        into.train(false);
        Tensor input = windows(3);
        assertThat(Tensors.floats(into.logits(input)))
            .containsExactly(Tensors.floats(from.logits(input)));
      }
    }

    @Test
    void ofAnotherTaskAreTakenWhereTheyFit() {
      ModelConfig config = small().build();
      ModelConfig other = config.toBuilder().numClasses(CLASSES + 1).build();
      try (PhysioWaveModel from = PhysioWaveModel.create(config, 5);
          PhysioWaveModel into = PhysioWaveModel.create(other, 6)) {
        ModelWeights weights = from.weights();
        assertThatIllegalArgumentException()
            .isThrownBy(() -> into.load(weights))
            .withMessageContaining("task_heads.classification.head.4.weight [4, 16], not [5, 16]");
        WeightMatch match = into.loadMatching(weights);
        assertThat(match.mismatched()).hasSize(2);
        assertThat(into.weights().get("encoder.norm.weight"))
            .isEqualTo(weights.get("encoder.norm.weight"));
      }
    }

    @Test
    void outlivesTheScopeThatItWasMadeIn() {
      PhysioWaveModel model = Scopes.freeing(() -> PhysioWaveModel.create(small().build(), 1));
      try (model) {
        assertThat(model.weights().get("mask_token").values()).hasSize(16);
      }
    }
  }

  @Nested
  class Gradient {
    private Map<String, Tensor> afterBackward(PhysioWaveModel model) {
      Tensor labels = Tensor.create(new long[] {0, 1, 2}, 3);
      cross_entropy_loss(model.logits(windows(3)), labels).backward();
      return model.parameters();
    }

    @Test
    void reachesEveryParameterOfTheTask() {
      try (PhysioWaveModel model = PhysioWaveModel.create(small().build(), 1)) {
        Map<String, Tensor> parameters = afterBackward(model);
        assertThat(parameters.get("patch_embed.proj.weight").grad().defined()).isTrue();
        assertThat(parameters.get("task_heads.pretrain.head.0.weight").grad().defined()).isFalse();
      }
    }

    @Test
    void stopsAtAFrozenEncoder() {
      try (PhysioWaveModel model = PhysioWaveModel.create(small().build(), 1)) {
        model.freezeEncoder();
        Map<String, Tensor> parameters = afterBackward(model);
        assertThat(parameters.get("encoder.norm.weight").grad().defined()).isFalse();
        assertThat(parameters.get("task_heads.classification.head.1.weight").grad().defined())
            .isTrue();
        assertThat(model.trainedParameters().keySet())
            .allMatch(name -> name.startsWith("task_heads."));
      }
    }
  }
}
