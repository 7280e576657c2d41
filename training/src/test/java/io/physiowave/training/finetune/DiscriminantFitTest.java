package io.physiowave.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.WindowFileWriter;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscriminantFitTest {
  private static final int CHANNELS = 3;
  private static final int SAMPLES = 32;
  private static final int WINDOWS = 300;

  @TempDir Path folder;

  /** Classes differ in which two channels go together, not in any channel's strength. */
  private static float[] window(Random random, int label) {
    float[] window = new float[CHANNELS * SAMPLES];
    for (int t = 0; t < SAMPLES; t++) {
      float shared = (float) random.nextGaussian();
      for (int channel = 0; channel < CHANNELS; channel++) {
        boolean together = channel != label;
        window[channel * SAMPLES + t] = together ? shared : (float) random.nextGaussian();
      }
    }
    return window;
  }

  private static ModelConfig config() {
    return ModelConfig.builder()
        .inChannels(CHANNELS)
        .maxLevel(1)
        .waveKernelSize(4)
        .waveletNames(List.of("db2"))
        .patchSize(8)
        .embedDim(16)
        .depth(1)
        .numHeads(2)
        .numClasses(3)
        .task(Task.CLASSIFICATION)
        .channelStatistics(1e-3)
        .build();
  }

  @Test
  void aModelThatKnowsNothingClassifiesByHowChannelsGoTogether() throws IOException {
    Path checkpoint = folder.resolve("model.pwck");
    ModelConfig config = config();
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 1)) {
      CheckpointFile.write(checkpoint, new Checkpoint(config, model.weights()));
      assertThat(accuracy(config, checkpoint)).isLessThan(0.6);

      try (WindowSet windows = windows()) {
        BatchAssembler training =
            new BatchAssembler(
                windows,
                windows.labels(3),
                3,
                new WindowLayout(CHANNELS, 0, SAMPLES, 0),
                AugmentationOptions.NONE,
                0);
        assertThat(DiscriminantFit.complete(checkpoint, training, DiscriminantOptions.DEFAULT))
            .isTrue();
        assertThat(accuracy(config, checkpoint)).isGreaterThan(0.95);

        float[] once = headOf(checkpoint);
        assertThat(DiscriminantFit.complete(checkpoint, training, DiscriminantOptions.DEFAULT))
            .as("a second time")
            .isFalse();
        assertThat(headOf(checkpoint)).isEqualTo(once);
      }
    }
  }

  @Test
  void factorsAndShrinkageHaveRanges() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DiscriminantOptions(0, 1, 1))
        .withMessageContaining("discriminant_shrinkage is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DiscriminantOptions(0.1, -1, 1))
        .withMessageContaining("network_factor is -1.0");
  }

  private static float[] headOf(Path checkpoint) throws IOException {
    return CheckpointFile.read(checkpoint)
        .weights()
        .get("task_heads.classification.head.4.weight")
        .values();
  }

  private WindowSet windows() throws IOException {
    Path file = folder.resolve("windows.h5");
    Random random = new Random(2);
    try (WindowFileWriter writer = WindowFileWriter.create(file, CHANNELS, SAMPLES)) {
      for (int i = 0; i < WINDOWS; i++) {
        writer.append(window(random, i % 3), i % 3, i / 10);
      }
      writer.finish();
    }
    return WindowSet.open(List.of(file));
  }

  private static double accuracy(ModelConfig config, Path checkpoint) throws IOException {
    Random random = new Random(3);
    float[] values = new float[WINDOWS * CHANNELS * SAMPLES];
    for (int i = 0; i < WINDOWS; i++) {
      System.arraycopy(
          window(random, i % 3), 0, values, i * CHANNELS * SAMPLES, CHANNELS * SAMPLES);
    }
    try (PhysioWaveModel model = PhysioWaveModel.create(config, 9)) {
      model.load(CheckpointFile.read(checkpoint).weights());
      model.train(false);
      float[] logits =
          Scopes.freeing(
              () ->
                  Tensors.floats(model.logits(Tensor.create(values, WINDOWS, CHANNELS, SAMPLES))));
      return IntStream.range(0, WINDOWS).filter(i -> best(logits, i) == i % 3).count()
          / (double) WINDOWS;
    }
  }

  private static int best(float[] logits, int window) {
    return IntStream.range(0, 3)
        .reduce((a, b) -> logits[window * 3 + b] > logits[window * 3 + a] ? b : a)
        .getAsInt();
  }
}
