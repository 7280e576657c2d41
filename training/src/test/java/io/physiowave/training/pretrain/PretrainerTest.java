package io.physiowave.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.model.Initialisation;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.run.Precision;
import io.physiowave.training.run.StopRequest;
import io.physiowave.training.run.TrainingDevice;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainerTest {
  private static final PretrainingRun RECORD =
      new PretrainingRun(List.of(), Map.of(), 7, 1, 0, Map.of(), "here", "libtorch", "today");

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();
  private List<Path> training;
  private List<Path> validation;

  @BeforeEach
  void files() throws IOException {
    TrainingDevice.useThreads(1);
    training =
        List.of(
            ToyWindows.write(folder.resolve("a.h5"), 30, 1),
            ToyWindows.write(folder.resolve("b.h5"), 21, 2));
    validation = List.of(ToyWindows.write(folder.resolve("v.h5"), 10, 3));
  }

  private static ModelConfig config(int channels) {
    return ModelConfig.builder()
        .inChannels(channels)
        .maxLevel(1)
        .waveKernelSize(4)
        .waveletNames(List.of("db2"))
        .patchSize(8)
        .embedDim(16)
        .depth(1)
        .numHeads(2)
        .build();
  }

  private PretrainOptions options(String output, int epochs, int batchSize, boolean resume) {
    return new PretrainOptions(
        folder.resolve(output),
        24,
        batchSize,
        epochs,
        0.01,
        1,
        true,
        0.01,
        1,
        2,
        0.3,
        false,
        AugmentationOptions.PRETRAINING,
        true,
        16,
        new TrainingDevice("cpu"),
        Precision.FULL,
        true,
        5,
        resume,
        1,
        2,
        1,
        false,
        Map.of("epochs", epochs));
  }

  private boolean run(PretrainOptions options, boolean stopAfterAnEpoch) throws IOException {
    try (WindowSet train = WindowSet.open(training);
        WindowSet held = WindowSet.open(validation);
        StopRequest stop = new StopRequest();
        Pretrainer pretrainer =
            new Pretrainer(
                options,
                config(2),
                Initialisation.FAN_IN,
                RECORD,
                train,
                Optional.of(held),
                ProcessGroup.alone(),
                line -> {
                  lines.add(line);
                  if (stopAfterAnEpoch && line.startsWith("epoch")) {
                    stop.ask();
                  }
                })) {
      return pretrainer.train(stop);
    }
  }

  @Test
  void theLossFalls() throws IOException {
    assertThat(run(options("out", 6, 8, false), false)).isTrue();
    TrainingHistory history =
        TrainingHistory.ofJson(Files.readString(folder.resolve("out/training_history.json")));
    List<Double> losses = history.columns().get("val_loss");
    assertThat(losses).hasSize(6);
    assertThat(losses.get(5)).isLessThan(0.8 * losses.get(0));
    assertThat(history.columns())
        .containsKeys("train_rmse", "train_mae", "train_accuracy", "val_rmse");
    assertThat(folder.resolve("out/best_checkpoint.pwck")).exists();
    assertThat(folder.resolve("out/report.html"))
        .content()
        .contains("After epoch 6 of 6.", "data:image/png;base64,", "val_rmse");
    assertThat(folder.resolve("out/checkpoint_epoch_4.pwck")).exists();
  }

  @Test
  void aRunThatWasStoppedGoesOnAsIfItHadNotBeen() throws IOException {
    run(options("whole", 3, 8, false), false);
    boolean finished = run(options("cut", 3, 8, false), true);
    while (!finished) {
      finished = run(options("cut", 3, 8, true), true);
    }
    assertThat(weights("cut")).isEqualTo(weights("whole"));
    assertThat(folder.resolve("cut/training_history.json"))
        .hasSameTextualContentAs(folder.resolve("whole/training_history.json"));
  }

  private ModelWeights weights(String output) throws IOException {
    return CheckpointFile.read(folder.resolve(output).resolve("latest_checkpoint.pwck")).weights();
  }

  @Test
  void aBatchThatCannotBeFilledIsRefused() {
    assertThatThrownBy(() -> run(options("out", 1, 40, false), false))
        .hasMessageContaining("51 windows make no step of 2 batches of 40");
  }

  @Test
  void windowsOfAnotherChannelCountAreRefused() throws IOException {
    try (WindowSet train = WindowSet.open(training)) {
      assertThatThrownBy(
              () ->
                  new Pretrainer(
                      options("out", 1, 8, false),
                      config(12),
                      Initialisation.PUBLISHED,
                      RECORD,
                      train,
                      Optional.empty(),
                      ProcessGroup.alone(),
                      lines::add))
          .hasMessageContaining("windows have 2 channels; expected 12 (in_channels)");
    }
  }
}
