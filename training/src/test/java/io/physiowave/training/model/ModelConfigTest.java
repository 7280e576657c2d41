package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModelConfigTest {

  @Nested
  class AsJson {
    @Test
    void survivesARoundTripWithEveryNormalisation() {
      List<Normalisation> normalisations =
          List.of(
              new Normalisation.None(),
              new Normalisation.WindowZScore(1e-6f),
              new Normalisation.Fixed(List.of(0.1f, 2f), List.of(0f, -1f)),
              new Normalisation.FixedCompressed(List.of(1e-5f, 2e-5f)));
      for (Normalisation normalisation : normalisations) {
        ModelConfig config =
            ModelConfig.builder()
                .inChannels(2)
                .task(Task.CLASSIFICATION)
                .numClasses(5)
                .contextValues(4)
                .normalisation(normalisation)
                .build();
        assertThat(ModelConfigJson.read(ModelConfigJson.write(config))).isEqualTo(config);
      }
    }

    @Test
    void usesThePublishedArgumentNames() {
      String json = ModelConfigJson.write(ModelConfig.builder().build());
      assertThat(json)
          .contains("\"in_channels\" : 8", "\"pos_embed_type\" : \"2d\"")
          .contains("\"masking_strategy\" : \"frequency_guided\"", "\"type\" : \"none\"")
          .doesNotContain("band_rows", "head_dim\"");
    }

    @Test
    void takesDefaultsForMissingFieldsAndThePublishedPatchPair() {
      ModelConfig config =
          ModelConfigJson.read("{\"patch_size\": [1, 64], \"depth\": 2, \"rope_dim\": null}");
      assertThat(config).isEqualTo(ModelConfig.builder().patchSize(64).depth(2).build());
    }

    @Test
    void namesAnUnknownFieldAndABadValue() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ModelConfigJson.read("{\"dept\": 2}"))
          .withMessageContaining("dept");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ModelConfigJson.read("{\"pooling\": \"median\"}"))
          .withMessageContaining("'median' is unknown; expected one of mean, max");
    }

    @Test
    void readsTheArgumentsOfAPublishedCheckpoint() {
      ModelConfig config =
          ModelConfigJson.ofArguments(
              Map.of("patch", 32, "hidden", 64, "num_classes", 5, "output_dir", "./out", "T", 256));
      assertThat(config.patchSize()).isEqualTo(32);
      assertThat(config.taskHiddenDim()).isEqualTo(64);
      assertThat(config.task()).isEqualTo(Task.CLASSIFICATION);
    }
  }

  @Nested
  class Rules {
    @Test
    void tellsEveryFaultAtOnce() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ModelConfig.builder().inChannels(0).maskRatio(1.5).build())
          .withMessageContaining("in_channels 0 is below 1")
          .withMessageContaining("mask_ratio 1.5 is not between 0 and 1");
    }

    @Test
    void wantsWidthsThatHeadsRotationAndSinusoidsCanSplit() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ModelConfig.builder().embedDim(30).numHeads(4).build())
          .withMessageContaining("embed_dim 30 is not a multiple of num_heads 4");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ModelConfig.builder().embedDim(30).numHeads(3).build())
          .withMessageContaining("not a multiple of 4, as pos_embed_type 2d needs");
    }

    @Test
    void wantsOneNormalisationConstantPerChannel() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  ModelConfig.builder()
                      .inChannels(3)
                      .normalisation(new Normalisation.FixedCompressed(List.of(1f)))
                      .build())
          .withMessageContaining("constants for 1 channels, but in_channels is 3");
    }

    @Test
    void splitsAnyChannelCountIntoHeadsThatDivideIt() {
      assertThat(gateAndCrossScaleHeads(1)).containsExactly(1, 2);
      assertThat(gateAndCrossScaleHeads(2)).containsExactly(2, 4);
      assertThat(gateAndCrossScaleHeads(3)).containsExactly(1, 2);
      assertThat(gateAndCrossScaleHeads(12)).containsExactly(4, 4);
    }

    private int[] gateAndCrossScaleHeads(int channels) {
      ModelConfig config = ModelConfig.builder().inChannels(channels).build();
      return new int[] {config.gateHeads(), config.crossScaleHeads()};
    }
  }

  @Test
  void weightsRefuseValuesThatDoNotFillTheirShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WeightTensor(new int[] {2, 3}, new float[5]))
        .withMessage(
            "shape " + Arrays.toString(new int[] {2, 3}) + " holds 6 values, but 5 were given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelWeights.of(Map.of()).get("mask_token"))
        .withMessageContaining("no weights named 'mask_token'");
  }
}
