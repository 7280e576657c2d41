package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.TestModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRunnerTest {
  static final InferenceOptions OPTIONS =
      new InferenceOptions(4, Duration.ofMillis(5), DeviceChoice.CPU, 1, GraphOptimisation.ALL);

  @TempDir Path directory;

  private ServedModel served(ModelCard card) throws Exception {
    return ModelFile.read(TestModels.write(directory, card).toString()).served();
  }

  private static FloatBuffer windows(ModelRunner runner, float... means) {
    FloatBuffer inputs =
        ByteBuffer.allocateDirect(means.length * runner.inputSize() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (float mean : means) {
      for (int i = 0; i < runner.inputSize(); i++) {
        inputs.put(mean);
      }
    }
    return inputs.flip();
  }

  @Nested
  class Answers {
    @Test
    void comeRowAfterRowForWindowsOfOneBatch() throws Exception {
      try (ModelRunner runner =
          ModelRunner.open(served(TestModels.emg(Decision.ARG_MAX)), OPTIONS)) {
        float[] rows = runner.run(windows(runner, 2, 0, 1), 3);

        assertThat(rows).hasSize(9);
        assertThat(rows[2]).isGreaterThan(0.99f);
        assertThat(rows[3]).isGreaterThan(0.99f);
        assertThat(rows[7]).isGreaterThan(0.99f);
        assertThat(rows[0] + rows[1] + rows[2]).isCloseTo(1f, within(1e-5f));
      }
    }

    @Test
    void areMovedByTheCardsBiasAsIfItWereAddedToTheLogits() throws Exception {
      Decision biased = new Decision(List.of(0.0, 12.0, 0.0), 0, 1);

      try (ModelRunner runner = ModelRunner.open(served(TestModels.emg(biased)), OPTIONS)) {
        float[] row = runner.run(windows(runner, 0), 1);

        // Logits 0, -10, -40 and the bias give 0, 2, -40.
        assertThat(row[1]).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-4f));
        assertThat(row[0] + row[1] + row[2]).isCloseTo(1f, within(1e-5f));
      }
    }
  }

  @Nested
  class Sharing {
    @Test
    void loadsAModelOnceAndClosesItWithTheLastUser() throws Exception {
      ServedModel model = served(TestModels.emg(Decision.ARG_MAX));
      int before = LoadedModels.count();

      ModelRunner first = ModelRunner.open(model, OPTIONS);
      ModelRunner second = ModelRunner.open(model, OPTIONS);
      assertThat(LoadedModels.count()).isEqualTo(before + 1);
      first.close();
      assertThat(second.run(windows(second, 1), 1)[1]).isGreaterThan(0.99f);
      second.close();

      assertThat(LoadedModels.count()).isEqualTo(before);
    }
  }

  @Nested
  class Refusals {
    @Test
    void nameBothHashesWhenTheFileChanged() throws Exception {
      ServedModel model = served(TestModels.emg(Decision.ARG_MAX));
      TestModels.write(directory, TestModels.emg(new Decision(List.of(), 0.5, 1)));

      assertThatThrownBy(() -> ModelRunner.open(model, OPTIONS))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("expected " + model.sha256())
          .hasMessageContaining("changed");
    }

    @Test
    void nameTheShapeThatTheModelAnswersInsteadOfItsCards() throws Exception {
      ModelCard card = TestModels.emg(Decision.ARG_MAX);
      ServedModel model = ModelFile.read(TestModels.write(directory, card, 5).toString()).served();
      int before = LoadedModels.count();

      assertThatThrownBy(() -> ModelRunner.open(model, OPTIONS))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("'probabilities' of shape (1, 3)")
          .hasMessageContaining("(1, 5)");
      assertThat(LoadedModels.count()).isEqualTo(before);
    }

    @Test
    void comeForAModelThatAnswersAColumnForEachWindow() throws Exception {
      Path file = TestModels.writeTransposed(directory, TestModels.emg(Decision.ARG_MAX));
      ServedModel model = ModelFile.read(file.toString()).served();

      assertThatThrownBy(() -> ModelRunner.open(model, OPTIONS))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("'probabilities' of shape (1, 3)")
          .hasMessageContaining("(3, 1)");
    }

    @Test
    void comeForAModelThatAnswersInWholeNumbers() throws Exception {
      Path file = TestModels.writeWholeNumbers(directory, TestModels.emg(Decision.ARG_MAX));
      ServedModel model = ModelFile.read(file.toString()).served();

      assertThatThrownBy(() -> ModelRunner.open(model, OPTIONS))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("float32")
          .hasMessageContaining("int32");
    }

    @Test
    void comeBeforeTheFirstRecordForAModelThatTakesNoBatches() throws Exception {
      ServedModel model =
          ModelFile.read(
                  TestModels.writeForSingleWindows(directory, TestModels.emg(Decision.ARG_MAX))
                      .toString())
              .served();
      int before = LoadedModels.count();

      assertThatThrownBy(() -> ModelRunner.open(model, OPTIONS))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("the model fails on an input of shape (4, 2, 40)");
      assertThat(LoadedModels.count()).isEqualTo(before);
    }

    @Test
    void sayWhatToDoWhenABatchIsTooLarge() throws Exception {
      ServedModel model = served(TestModels.emg(Decision.ARG_MAX, "2", 80_000));
      InferenceOptions many =
          new InferenceOptions(4096, Duration.ZERO, DeviceChoice.CPU, 1, GraphOptimisation.ALL);

      assertThatThrownBy(() -> ModelRunner.open(model, many))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("a batch of 4096 windows takes 2621440000 bytes")
          .hasMessageContaining("lower inference.max-batch");
    }

    @Test
    void sayThatTheRuntimeDoesNotAcceptTheGraph() throws Exception {
      Path file = TestModels.write(directory, TestModels.emg(Decision.ARG_MAX));
      byte[] bytes = Files.readAllBytes(file);
      byte[] broken =
          new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
              .replace("Softmax", "Sofdmax")
              .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      ServedModel model = ModelFile.read(Files.write(file, broken).toString()).served();

      assertThatThrownBy(() -> ModelRunner.open(model, OPTIONS))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("ONNX Runtime refuses the model")
          .hasMessageContaining("Sofdmax");
    }

    @Test
    void sayWhatToDoWhenCudaIsDemandedWhereThereIsNone() throws Exception {
      InferenceOptions cuda =
          new InferenceOptions(
              4, Duration.ZERO, DeviceChoice.parse("cuda:0"), 1, GraphOptimisation.ALL);
      ServedModel model = served(TestModels.emg(Decision.ARG_MAX));

      assertThatThrownBy(() -> ModelRunner.open(model, cuda))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inference.device is cuda:0")
          .hasMessageContaining("set inference.device to cpu");
    }
  }
}
