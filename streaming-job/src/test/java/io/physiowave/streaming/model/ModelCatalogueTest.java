package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {
  @TempDir Path directory;

  @Nested
  class Reading {
    @Test
    void findsTheCardInTheMetadataAndHashesTheFile() throws Exception {
      ModelCard card = TestModels.emg(Decision.ARG_MAX);
      Path file = TestModels.write(directory, card);

      ServedModel model = ModelFile.read(file.toString()).served();

      assertThat(model.card()).isEqualTo(card);
      assertThat(model.sha256()).matches("[0-9a-f]{64}");
      assertThat(model.reference().name()).isEqualTo("test-emg");
      assertThat(ModelFile.read(file.toUri().toString()).sha256()).isEqualTo(model.sha256());
    }

    @Test
    void refusesAnEncoderWhichGivesNoLabels() {
      Path file = TestModels.write(directory, TestModels.encoder(), 3);

      assertThatThrownBy(() -> ModelFile.read(file.toString()).served())
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageStartingWith(file + ": the model is an encoder");
    }

    @Test
    void namesEveryFileThatCannotBeServed() throws Exception {
      Path text = Files.writeString(directory.resolve("text.onnx"), "this is no model");
      Path bare = Files.write(directory.resolve("bare.onnx"), new byte[0]);

      assertThatThrownBy(
              () ->
                  ModelCatalogue.read(
                      List.of(
                          directory.resolve("gone.onnx").toString(),
                          text.toString(),
                          bare.toString())))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("gone.onnx: no such model file")
          .hasMessageContaining("text.onnx: not an ONNX file")
          .hasMessageContaining("bare.onnx: the metadata has no 'physiowave.card'");
    }

    @Test
    void refusesTwoModelsOfOneModality() throws Exception {
      ServedModel model =
          ModelFile.read(TestModels.write(directory, TestModels.ecg()).toString()).served();

      assertThatThrownBy(() -> new ModelCatalogue(List.of(model, model)))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("all serve ECG; expected one a modality");
    }

    @Test
    void survivesTheWayToATaskManager() throws Exception {
      ModelCatalogue models = TestModels.catalogue(directory, TestModels.ecg());

      ModelCatalogue copy = InstantiationUtil.clone(models);

      assertThat(copy).isEqualTo(models);
      assertThat(copy.models().get(0).card()).isEqualTo(TestModels.ecg());
    }

    @Test
    void doesNotStumbleOverOtherMetadata() {
      assertThat(OnnxMetadata.value(new byte[0], "key", "file")).isEmpty();
      assertThatThrownBy(
              () ->
                  OnnxMetadata.value("<html>".getBytes(StandardCharsets.UTF_8), "key", "page.onnx"))
          .hasMessageStartingWith("page.onnx: not an ONNX file");
    }
  }

  @Nested
  class Plans {
    private final FrameLayout layout =
        new FrameLayout(Modality.EMG, TestSignals.RATE, TestSignals.CHANNELS, "mV");

    private WindowPlans plans() {
      return new WindowPlans(TestModels.catalogue(directory, TestModels.emg(Decision.ARG_MAX)));
    }

    @Test
    void areComputedOncePerLayout() {
      WindowPlans plans = plans();

      assertThat(plans.fit("arm", layout).fits()).isTrue();
      assertThat(plans.fit("arm", layout)).isSameAs(plans.fit("arm", layout));
    }

    @Test
    void refuseAStreamWithoutTheModelsChannels() {
      PlanFit fit =
          plans()
              .fit("arm", new FrameLayout(Modality.EMG, TestSignals.RATE, List.of("left"), "mV"));

      assertThat(fit.fits()).isFalse();
      assertThat(fit.refusal()).startsWith("model test-emg: ").contains("ch1").contains("left");
    }

    @Test
    void refuseAModalityWithoutAModel() {
      PlanFit fit = plans().fit("arm", new FrameLayout(Modality.EEG, 250, List.of("Cz"), "uV"));

      assertThat(fit.model()).isEmpty();
      assertThat(fit.refusal())
          .isEqualTo("no model serves modality EEG; the job serves EMG by test-emg");
    }

    @Test
    void ofManyLayoutsDoNotPileUp() {
      WindowPlans plans = plans();
      PlanFit first = plans.fit("arm", layout);

      for (int i = 0; i < 2_000; i++) {
        plans.fit("arm", new FrameLayout(Modality.EMG, 201 + i, TestSignals.CHANNELS, "mV"));
        if (i < 1_000) {
          // One that is in use stays.
          assertThat(plans.fit("arm", layout)).isSameAs(first);
        }
      }

      assertThat(plans.fit("arm", layout)).isNotSameAs(first).isEqualTo(first);
    }
  }
}
