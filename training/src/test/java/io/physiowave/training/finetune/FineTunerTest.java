package io.physiowave.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sqrt;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.SamplingOptions;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.distributed.TwoRanks;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.Initialisation;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.TorchModel;
import io.physiowave.training.run.NonFiniteLossException;
import io.physiowave.training.run.Precision;
import io.physiowave.training.run.StopRequest;
import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTunerTest {
  private static final OutputTask TASK =
      OutputTask.only(Task.CLASSIFICATION, List.of("slow", "fast", "both"));
  private static final WindowLayout LAYOUT =
      new WindowLayout(ToyWindows.CHANNELS, 0, ToyWindows.SAMPLES, 0);

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void oneThread() {
    TrainingDevice.useThreads(1);
  }

  private static ModelConfig config() {
    return ModelConfig.builder()
        .inChannels(ToyWindows.CHANNELS)
        .maxLevel(1)
        .waveKernelSize(4)
        .waveletNames(List.of("db2"))
        .patchSize(8)
        .embedDim(16)
        .depth(1)
        .numHeads(2)
        .dropout(0.1)
        .numClasses(ToyWindows.CLASSES)
        .task(Task.CLASSIFICATION)
        .build();
  }

  private FinetuneOptions options(String output, int epochs, boolean resume, double rate) {
    return options(output, epochs, resume, rate, Precision.FULL, true);
  }

  private FinetuneOptions options(
      String output,
      int epochs,
      boolean resume,
      double rate,
      Precision precision,
      boolean dropout) {
    return new FinetuneOptions(
        folder.resolve(output),
        8,
        epochs,
        new RateSchedule(RateSchedule.Kind.COSINE, rate, 0, 1, 10, 2),
        0.01,
        true,
        0.9,
        0.999,
        1,
        new Objective(0, ClassWeighting.NONE, 0, 0),
        SamplingOptions.ALL,
        0.9,
        0,
        Initialisation.FAN_IN,
        false,
        Optional.empty(),
        new AugmentationOptions(1, 0, 0.1, 0, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        SelectionFigure.VAL_LOSS,
        0,
        CalibrationGoal.NONE,
        List.of(),
        List.of(),
        0,
        1,
        new TrainingDevice("cpu"),
        precision,
        dropout,
        7,
        resume,
        2,
        1,
        false,
        Map.of("epochs", epochs, "lr", rate));
  }

  private TrainingParts parts() throws IOException {
    return parts("");
  }

  private TrainingParts parts(String prefix) throws IOException {
    return TrainingParts.open(
        List.of(ToyWindows.write(folder.resolve(prefix + "train.h5"), 45, 1)),
        List.of(ToyWindows.write(folder.resolve(prefix + "val.h5"), 24, 2)),
        List.of(),
        0.1,
        false,
        WindowLabelling.forTask(Task.CLASSIFICATION, ToyWindows.CLASSES),
        7);
  }

  private Learner learner(FinetuneOptions options) throws IOException {
    return new SignalLearner(options, config(), lines::add);
  }

  private FineTuner tuner(FinetuneOptions options, Learner learner, TrainingParts parts)
      throws IOException {
    return tuner(options, learner, parts, ProcessGroup.alone(), lines::add);
  }

  private static FineTuner tuner(
      FinetuneOptions options,
      Learner learner,
      TrainingParts parts,
      ProcessGroup group,
      Consumer<String> log)
      throws IOException {
    FinetuneData data =
        FinetuneData.of(parts, ToyWindows.CLASSES, LAYOUT, options.augmentation(), options.seed());
    return new FineTuner(options, learner, data, List.of(TASK), List.of(1.0), group, log);
  }

  private static Figures figures(FineTuner.Best best, TrainingParts parts) {
    return Figures.of(TASK.answers(best.validation(), 3), parts.validation().labels());
  }

  @Test
  void aToyProblemIsLearnt() throws IOException {
    try (TrainingParts parts = parts();
        StopRequest stop = new StopRequest();
        Learner learner = learner(options("toy", 12, false, 0.02));
        FineTuner tuner = tuner(options("toy", 12, false, 0.02), learner, parts)) {
      assertThat(tuner.train(stop)).isTrue();
      FineTuner.Best best = tuner.best();
      Figures figures = figures(best, parts);
      assertThat(figures.values().get("accuracy")).isGreaterThan(0.95);
      assertThat(lines).hasSize(12).last().asString().startsWith("epoch 12/12: train_loss 0.");
    }
    assertThat(folder.resolve("toy/training_history.csv")).content().hasLineCount(13);
    assertThat(folder.resolve("toy/loss_curves.png")).isNotEmptyFile();
    assertThat(folder.resolve("toy/events.out.tfevents.physiowave")).isNotEmptyFile();
    assertThat(folder.resolve("toy/report.html"))
        .content()
        .contains("After epoch 12 of 12.", "data:image/png;base64,", "<td>both</td>", "confusion")
        .doesNotContain("http://", "https://", "<script");
  }

  @Test
  void mixedPrecisionLearnsTheSame() throws IOException {
    try (TrainingParts parts = parts();
        StopRequest stop = new StopRequest();
        Learner learner = learner(options("mixed", 12, false, 0.02, Precision.MIXED, true));
        FineTuner tuner =
            tuner(options("mixed", 12, false, 0.02, Precision.MIXED, true), learner, parts)) {
      tuner.train(stop);
      Figures figures = figures(tuner.best(), parts);
      assertThat(figures.values().get("accuracy")).isGreaterThan(0.95);
    }
  }

  @Test
  void aRunThatWasStoppedGoesOnAsIfItHadNotBeen() throws IOException {
    ModelWeights uninterrupted;
    try (TrainingParts parts = parts();
        StopRequest stop = new StopRequest();
        Learner learner = learner(options("whole", 3, false, 0.01));
        FineTuner tuner = tuner(options("whole", 3, false, 0.01), learner, parts)) {
      tuner.train(stop);
      uninterrupted = CheckpointFile.read(folder.resolve("whole/latest_model.pwck")).weights();
    }
    interruptEverywhere();
    assertThat(CheckpointFile.read(folder.resolve("cut/latest_model.pwck")).weights())
        .isEqualTo(uninterrupted);
    assertThat(folder.resolve("cut/training_history.json"))
        .hasSameTextualContentAs(folder.resolve("whole/training_history.json"));
    assertThat(CheckpointFile.read(folder.resolve("cut/best_model.pwck")).weights())
        .isEqualTo(CheckpointFile.read(folder.resolve("whole/best_model.pwck")).weights());
  }

  /** Stops at the end of the first epoch, and then goes on from whatever was saved. */
  private void interruptEverywhere() throws IOException {
    boolean finished = false;
    boolean resume = false;
    while (!finished) {
      try (TrainingParts parts = parts();
          StopRequest stop = new StopRequest()) {
        FinetuneOptions options = options("cut", 3, resume, 0.01);
        int before = lines.size();
        try (Learner learner = learner(options);
            FineTuner tuner =
                tuner(
                    options,
                    learner,
                    parts,
                    ProcessGroup.alone(),
                    line -> {
                      lines.add(line);
                      // Heard at the first batch of the next epoch.
                      if (line.startsWith("epoch")) {
                        stop.ask();
                      }
                    })) {
          finished = tuner.train(stop);
        }
        assertThat(lines.size()).isGreaterThan(before);
        resume = true;
      }
    }
  }

  /** As after a kill between the state and the history. */
  @Test
  void aHistoryThatWasNotWrittenIsWrittenOnGoingOn() throws IOException {
    Path history = folder.resolve("late/training_history.json");
    for (boolean resume : new boolean[] {false, true}) {
      FinetuneOptions options = options("late", 2, resume, 0.01);
      try (TrainingParts parts = parts();
          StopRequest stop = new StopRequest();
          Learner learner = learner(options);
          FineTuner tuner = tuner(options, learner, parts)) {
        assertThat(tuner.train(stop)).isTrue();
      }
      assertThat(history).content().contains("val_loss");
      Files.delete(history);
    }
  }

  /** Else an export would take its decision and its figures for those of the new weights. */
  @Test
  void theReportOfAnEarlierRunGoesWithItsWeights() throws IOException {
    Path report = Files.createDirectories(folder.resolve("again")).resolve("training_run.json");
    Files.writeString(report, "of an earlier run");
    FinetuneOptions options = options("again", 1, false, 0.01);
    try (TrainingParts parts = parts();
        StopRequest stop = new StopRequest();
        Learner learner = learner(options);
        FineTuner tuner = tuner(options, learner, parts)) {
      assertThat(report).exists();
      assertThat(tuner.train(stop)).isTrue();
      assertThat(tuner.bestFile()).exists();
      assertThat(report).doesNotExist();
    }
  }

  @Test
  void aStateWithinAnEpochIsEnoughToGoOn() throws IOException {
    try (TrainingParts parts = parts();
        StopRequest stop = new StopRequest();
        Learner learner = learner(options("asked", 2, false, 0.01));
        FineTuner tuner = tuner(options("asked", 2, false, 0.01), learner, parts)) {
      stop.ask();
      assertThat(tuner.train(stop)).isFalse();
    }
    try (TrainingParts parts = parts();
        StopRequest stop = new StopRequest();
        Learner learner = learner(options("asked", 2, true, 0.01));
        FineTuner tuner = tuner(options("asked", 2, true, 0.01), learner, parts)) {
      assertThat(tuner.train(stop)).isTrue();
    }
    assertThat(lines.get(0)).contains("going on at epoch 1, batch 0");
  }

  @Nested
  class TwoProcesses {
    /** One is asked to stop; both stop at the same step, and both go on from it. */
    private List<Boolean> run(boolean resume, boolean stopAfterAnEpoch) throws Exception {
      return TwoRanks.run(
          group -> {
            // Without dropout, for both threads draw from one generator.
            FinetuneOptions options = options("two", 3, resume, 0.01, Precision.FULL, false);
            boolean asks = stopAfterAnEpoch && group.rank().rank() == 1;
            try (TrainingParts parts = parts("rank" + group.rank().rank());
                StopRequest stop = new StopRequest();
                Learner learner = made(options);
                FineTuner tuner =
                    tuner(
                        options,
                        learner,
                        parts,
                        group,
                        line -> {
                          if (asks && line.startsWith("epoch")) {
                            stop.ask();
                          }
                        })) {
              return tuner.train(stop);
            }
          });
    }

    @Test
    void stopTogetherAndGoOnAsIfTheyHadNot() throws Exception {
      assertThat(run(false, false)).containsExactly(true, true);
      ModelWeights uninterrupted = latest();
      assertThat(run(false, true)).containsExactly(false, false);
      List<Boolean> finished = List.of(false, false);
      while (finished.contains(false)) {
        finished = run(true, true);
        assertThat(finished.get(0)).isEqualTo(finished.get(1));
      }
      assertThat(latest()).isEqualTo(uninterrupted);
    }

    /** One after the other, for first values are drawn too. */
    private synchronized Learner made(FinetuneOptions options) throws IOException {
      return new SignalLearner(options, config(), line -> {});
    }

    private ModelWeights latest() throws IOException {
      return CheckpointFile.read(folder.resolve("two/latest_model.pwck")).weights();
    }
  }

  @Nested
  class Refused {
    @Test
    void goingOnWithOtherOptions() throws IOException {
      try (TrainingParts parts = parts();
          StopRequest stop = new StopRequest();
          Learner learner = learner(options("first", 1, false, 0.01));
          FineTuner tuner = tuner(options("first", 1, false, 0.01), learner, parts)) {
        tuner.train(stop);
        assertThatThrownBy(() -> tuner(options("first", 1, true, 0.02), learner, parts))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("lr was 0.01 and is 0.02");
      }
    }

    @Test
    void aLossThatIsNoNumber() throws IOException {
      try (TrainingParts parts = parts();
          StopRequest stop = new StopRequest();
          Learner learner = learner(options("wild", 3, false, 1e30));
          FineTuner tuner = tuner(options("wild", 3, false, 1e30), learner, parts)) {
        assertThatThrownBy(() -> tuner.train(stop))
            .isInstanceOf(NonFiniteLossException.class)
            .message()
            .contains("epoch 1 step", "the loss is", "train.h5 data[", "--lr");
      }
    }

    /** What the last step of an epoch does, no further loss tells. */
    @Test
    void answersThatAreNoNumbers() throws IOException {
      // The first step is at rate 0.
      FinetuneOptions options = options("blown", 2, false, 1e30);
      assertThatThrownBy(() -> trainOneStepAnEpoch(options, learner(options)))
          .isInstanceOf(IOException.class)
          .message()
          .contains("the answer to val.h5 data[0] is ", "training diverged", "--lr");
      assertThat(folder.resolve("blown/training_history.csv")).content().hasLineCount(2);
    }

    @Test
    void weightsThatAreNoNumbers() throws IOException {
      FinetuneOptions options = options("burst", 1, false, 0.01);
      assertThatThrownBy(() -> trainOneStepAnEpoch(options, new SteepLearner(learner(options))))
          .isInstanceOf(IOException.class)
          .message()
          .contains(" is NaN after the last step; expected finite weights", "--lr");
      assertThat(folder.resolve("burst")).isEmptyDirectory();
    }

    private void trainOneStepAnEpoch(FinetuneOptions options, Learner made) throws IOException {
      try (TrainingParts parts =
              TrainingParts.open(
                  List.of(ToyWindows.write(folder.resolve("train.h5"), 8, 1)),
                  List.of(ToyWindows.write(folder.resolve("val.h5"), 24, 2)),
                  List.of(),
                  0.1,
                  false,
                  WindowLabelling.forTask(Task.CLASSIFICATION, ToyWindows.CLASSES),
                  7);
          StopRequest stop = new StopRequest();
          Learner learner = made;
          FineTuner tuner = tuner(options, learner, parts)) {
        tuner.train(stop);
      }
    }

    /** Answers as another, with gradients that are no numbers. */
    private record SteepLearner(Learner of) implements Learner {
      @Override
      public TorchModel model() {
        return of.model();
      }

      @Override
      public int classes() {
        return of.classes();
      }

      @Override
      public Tensor logits(float[] windows, int size) {
        Tensor logits = of.logits(windows, size);
        return add(logits, sqrt(mul(logits, new Scalar(0.0))));
      }

      @Override
      public List<PretrainingRun> pretraining() {
        return of.pretraining();
      }

      @Override
      public CheckpointForm form() {
        return of.form();
      }

      @Override
      public void close() {
        of.close();
      }
    }

    @Test
    void aSampleThatIsNoNumber() throws IOException {
      Path file = folder.resolve("broken.h5");
      float[][][] data = new float[6][ToyWindows.CHANNELS][ToyWindows.SAMPLES];
      data[4][1][3] = Float.NaN;
      try (WritableHdfFile hdf = HdfFile.write(file)) {
        hdf.putDataset("data", data);
        hdf.putDataset("label", new int[] {0, 1, 2, 0, 1, 2});
      }
      try (TrainingParts parts =
              TrainingParts.open(
                  List.of(file),
                  List.of(file),
                  List.of(),
                  0.1,
                  false,
                  WindowLabelling.forTask(Task.CLASSIFICATION, 3),
                  7);
          StopRequest stop = new StopRequest();
          Learner learner = learner(options("nan", 1, false, 0.01));
          FineTuner tuner = tuner(options("nan", 1, false, 0.01), learner, parts)) {
        assertThatThrownBy(() -> tuner.train(stop))
            .hasMessageContaining("broken.h5: data[4][1][3] is NaN");
      }
    }
  }

  @Nested
  class WithoutValidationFiles {
    @Test
    void aShareOfTheWindowsIsSetApart() throws IOException {
      Path file = ToyWindows.write(folder.resolve("train.h5"), 50, 1);
      try (TrainingParts parts =
          TrainingParts.open(
              List.of(file),
              List.of(),
              List.of(),
              0.2,
              false,
              WindowLabelling.forTask(Task.CLASSIFICATION, 3),
              1)) {
        assertThat(parts.validation().windows().size()).isEqualTo(10);
        assertThat(parts.train().windows().size()).isEqualTo(40);
      }
    }

    @Test
    void wholeGroupsAreSetApartWhenAskedFor() throws IOException {
      Path file = ToyWindows.write(folder.resolve("train.h5"), 50, 1);
      try (TrainingParts parts =
          TrainingParts.open(
              List.of(file),
              List.of(),
              List.of(),
              0.2,
              true,
              WindowLabelling.forTask(Task.CLASSIFICATION, 3),
              1)) {
        int[] apart = parts.validation().windows().groups().orElseThrow();
        assertThat(apart).hasSize(10).containsOnly(apart[0]);
      }
    }

    @Test
    void anEmptyPartIsRefused() throws IOException {
      Path file = ToyWindows.write(folder.resolve("train.h5"), 5, 1);
      assertThatThrownBy(
              () ->
                  TrainingParts.open(
                      List.of(file),
                      List.of(),
                      List.of(),
                      0.1,
                      false,
                      WindowLabelling.forTask(Task.CLASSIFICATION, 3),
                      1))
          .hasMessageContaining("of 5 windows none is left for validation");
    }
  }
}
