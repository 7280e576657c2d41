package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.model.FrameLayout;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowPlans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The models in {@code models/} are ones that the job can serve. */
class ShippedModelsTest {
  private ModelCatalogue models;

  @BeforeEach
  void read() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    List<Path> files =
        List.of(root.resolve("models/ecg-beats.onnx"), root.resolve("models/emg-gestures.onnx"));
    Assumptions.assumeTrue(files.stream().allMatch(Files::exists), "models/ is empty");
    models = ModelCatalogue.read(files.stream().map(Path::toString).toList());
  }

  @Test
  void answerAsTheirCardsSay() {
    for (ServedModel model : models.models()) {
      assertThatCode(() -> ModelPreload.check(model, ModelRunnerTest.OPTIONS))
          .as(model.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void takeTheStreamsTheyWereMadeFor() {
    WindowPlans plans = new WindowPlans(models);
    List<String> arm = IntStream.rangeClosed(1, 8).mapToObj(i -> "channel" + i).toList();

    assertThat(
            plans
                .fit("stream", new FrameLayout(Modality.ECG, 360, List.of("MLII", "V1"), "mV"))
                .fits())
        .isTrue();
    assertThat(plans.fit("stream", new FrameLayout(Modality.ECG, 250, List.of("II"), "uV")).fits())
        .isTrue();
    assertThat(plans.fit("stream", new FrameLayout(Modality.EMG, 200, arm, "mV")).fits()).isTrue();
  }

  @Test
  void theHandAtRestMakesNoEpisode() {
    ServedModel gestures = models.serving(Modality.EMG).orElseThrow();

    assertThat(gestures.card().decision().episodes().background()).containsExactly("1");
  }
}
