package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.core.card.ModelCard;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.MultiTaskCheckpoint;
import io.physiowave.training.checkpoint.MultiTaskCheckpointFile;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One encoder that says of each window which kind it is, and apart from that which waves it has.
 */
class MultiTaskCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path train;
  private Path validation;

  private int run(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return CommandRunner.run(command, new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @BeforeEach
  void files() throws IOException {
    train = write("train.h5", 60, 1);
    validation = write("val.h5", 24, 2);
  }

  /** {@code label_kind} is the class of a toy window, {@code label_waves} marks slow and fast. */
  private Path write(String name, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][] data = new float[count][ToyWindows.CHANNELS][ToyWindows.SAMPLES];
    int[] kinds = new int[count];
    int[][] waves = new int[count][2];
    for (int i = 0; i < count; i++) {
      kinds[i] = i % ToyWindows.CLASSES;
      waves[i][0] = kinds[i] == 1 ? 0 : 1;
      waves[i][1] = kinds[i] == 0 ? 0 : 1;
      float[] window = ToyWindows.window(kinds[i], random);
      for (int row = 0; row < ToyWindows.CHANNELS; row++) {
        System.arraycopy(window, row * ToyWindows.SAMPLES, data[i][row], 0, ToyWindows.SAMPLES);
      }
    }
    Path file = folder.resolve(name);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("data", data);
      hdf.putDataset("label_kind", kinds);
      hdf.putDataset("label_waves", waves);
    }
    return file;
  }

  private String[] finetune(String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--train_file=" + train,
                "--val_file=" + validation,
                "--output_dir=" + folder.resolve(output),
                "--in_channels=2",
                "--max_level=1",
                "--wave_kernel_size=4",
                "--wavelet_names=db2",
                "--patch_size=8",
                "--embed_dim=16",
                "--depth=1",
                "--num_heads=2",
                "--init=fan_in",
                "--lr=0.02",
                "--batch_size=8",
                "--warmup_epochs=1",
                "--device=cpu",
                "--threads=1"));
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  @Test
  void bothTasksAreLearntMeasuredAndKeptInOneFile() throws IOException {
    String[] options = {"--tasks", "kind=3", "waves=2", "--shared_dim=12", "--epochs=10"};
    assertThat(run(new FinetuneCommand(), finetune("both", options))).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("validation, kind with the best", "thresholds of [0, 1], tuned on validation");

    TrainingHistory history =
        TrainingHistory.ofJson(Files.readString(folder.resolve("both/training_history.json")));
    assertThat(history.columns())
        .containsKeys("val_loss", "val_accuracy", "val_kind_kappa", "val_waves_hamming_loss");
    int last = history.epochs() - 1;
    assertThat(history.columns().get("val_accuracy").get(last))
        .isCloseTo(
            (history.columns().get("val_kind_accuracy").get(last)
                    + history.columns().get("val_waves_accuracy").get(last))
                / 2,
            within(1e-9));
    assertThat(folder.resolve("both/validation_kind_confusion.png")).isNotEmptyFile();
    assertThat(folder.resolve("both/report.html")).content().contains("validation, waves: classes");

    Path best = folder.resolve("both/best_model.pwck");
    MultiTaskCheckpoint checkpoint = MultiTaskCheckpointFile.read(best);
    assertThat(checkpoint.tasks().tasks()).containsOnlyKeys("kind", "waves");
    assertThat(checkpoint.weights().get("multi_task_head.shared_transform.1.weight").shape())
        .containsExactly(12, 16);
    isEvaluatedAlike(best);
    isExportedAsOneGraph(best);
  }

  private void isExportedAsOneGraph(Path best) throws IOException {
    Path onnx = folder.resolve("both.onnx");
    for (String style : List.of("--precision=fp16", "--fused")) {
      assertThat(run(new ExportCommand(), "--checkpoint=" + best, "--output=" + onnx, style))
          .as(err.toString())
          .isZero();
      if (style.endsWith("fp16")) {
        assertThat(out.toString())
            .contains(
                "what fp16 costs against fp32, kind, on ",
                "what fp16 costs against fp32, waves, on ",
                "accuracy_fp16",
                "same_labels");
      }
    }
    assertThat(out.toString())
        .contains(
            "largest difference of the kind_logits",
            "largest difference of the waves_logits",
            " on 60 windows of ");
    try (OnnxModel model = OnnxModel.load(onnx, 1)) {
      assertThat(model.outputs())
          .containsOnlyKeys(
              "kind_probabilities",
              "kind_logits",
              "waves_probabilities",
              "waves_logits",
              "embedding");
      JsonNode card = JSON.readTree(model.metadata(ModelCard.TASKS_METADATA_KEY).orElseThrow());
      assertThat(card.path("tasks").get(0).path("labels")).hasSize(3);
      assertThat(card.path("tasks").get(1).path("decision").path("thresholds")).hasSize(2);
      assertThat(card.path("tasks").get(1).path("exportDifference").asDouble()).isLessThan(1e-4);
    }
    isEvaluatedAlike(onnx);
    assertThat(run(new InspectCommand(), onnx.toString())).isZero();
    assertThat(out.toString()).contains("kind (classification)", "waves (multilabel)");
    assertThat(
            run(
                new ExportCommand(),
                "--checkpoint=" + best,
                "--output=" + folder.resolve("ruled.onnx"),
                "--background-labels=0"))
        .isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).contains("--label-names are for a model that gives a window");
  }

  private void isEvaluatedAlike(Path best) throws IOException {
    assertThat(run(new EvaluateCommand(), "--model=" + best, "--data=" + validation, "--json"))
        .as(err.toString())
        .isZero();
    JsonNode tasks = JSON.readTree(out.toString()).path("tasks");
    JsonNode trained = JSON.readTree(folder.resolve("both/training_run.json").toFile());
    for (int task = 0; task < 2; task++) {
      String name = task == 0 ? "kind" : "waves";
      assertThat(trained.path("tasks").get(task).path("name").asText()).isEqualTo(name);
      double accuracy = tasks.path(name).path("metrics").path("accuracy").asDouble();
      assertThat(accuracy).as(name).isGreaterThan(0.9);
      assertThat(accuracy)
          .isCloseTo(
              trained.path("evaluations").get(task).path("values").path("accuracy").asDouble(),
              within(1e-9));
    }
  }

  @Test
  void aPretrainedEncoderIsTakenOverAndLeftAlone() throws IOException {
    int code =
        run(
            new PretrainCommand(),
            finetune("pre", "--max_length=32", "--epochs=1", "--mask_ratio=0.5"));
    assertThat(code).as(err.toString()).isZero();
    Path encoder = folder.resolve("pre/best_checkpoint.pwck");
    String[] options = {
      "--tasks=kind=3,waves=2",
      "--task_weights=waves=0.5",
      "--epochs=1",
      "--freeze_encoder",
      "--pretrained_path=" + encoder
    };
    assertThat(run(new FinetuneCommand(), finetune("probe", options))).as(err.toString()).isZero();
    String name = "patch_embed.proj.weight";
    float[] before = CheckpointFile.read(encoder).weights().get(name).values();
    float[] after =
        MultiTaskCheckpointFile.read(folder.resolve("probe/best_model.pwck"))
            .weights()
            .get("model." + name)
            .values();
    assertThat(after).containsExactly(before);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    refused("label_kind[2] is 2; expected 0 to 1", "--tasks=kind=2,waves=2");
    refused("label_waves has 2 columns; expected 3", "--tasks=kind=3,waves=3");
    refused("no data set 'label_mood'", "--tasks=kind=3,mood=2");
    refused("expected two or more", "--tasks=kind=3");
    refused("--task_weights names mood", "--tasks=kind=3,waves=2", "--task_weights=mood=2");
    refused("without --tasks", "--num_classes=3", "--shared_dim=8");
    refused("thresholds", "--tasks=kind=3,waves=2", "--thresholds=0.5");
    refused("sampling by class", "--tasks=kind=3,waves=2", "--sampling_power=0.5");
  }

  private void refused(String why, String... options) {
    assertThat(run(new FinetuneCommand(), finetune("refused", options))).isNotZero();
    assertThat(err.toString()).contains(why);
    assertThat(err.toString().lines()).hasSizeLessThan(3);
  }
}
