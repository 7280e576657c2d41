package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.core.card.ModelCard;
import io.physiowave.training.checkpoint.FusedCheckpoint;
import io.physiowave.training.checkpoint.FusedCheckpointFile;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.export.OnnxModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two signals of the same time spans, each with an encoder of its own. */
class FusionCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return CommandRunner.run(command, new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @BeforeEach
  void encodersAndFiles() throws IOException {
    for (String signal : List.of("ecg", "emg")) {
      long seed = signal.hashCode();
      ToyWindows.write(folder.resolve(signal + "-train.h5"), 60, seed);
      ToyWindows.write(folder.resolve(signal + "-val.h5"), 24, seed + 1);
      int code =
          run(
              new PretrainCommand(),
              "--train_file=" + folder.resolve(signal + "-train.h5"),
              "--output_dir=" + folder.resolve(signal),
              "--in_channels=2",
              "--max_length=32",
              "--max_level=1",
              "--wave_kernel_size=4",
              "--wavelet_names=db2",
              "--patch_size=" + (signal.equals("ecg") ? 8 : 4),
              "--embed_dim=16",
              "--depth=1",
              "--num_heads=2",
              "--init=fan_in",
              "--epochs=1",
              "--batch_size=8",
              "--device=cpu",
              "--threads=1");
      assertThat(code).as(err.toString()).isZero();
    }
  }

  private String[] finetune(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--modality",
                "ecg=" + folder.resolve("ecg/best_checkpoint.pwck"),
                "emg=" + folder.resolve("emg/best_checkpoint.pwck"),
                "--output_dir=" + folder.resolve("fused"),
                "--num_classes=3",
                "--epochs=12",
                "--lr=0.02",
                "--batch_size=8",
                "--warmup_epochs=1",
                "--label_smoothing=0",
                "--device=cpu",
                "--threads=1"));
    arguments.addAll(Arrays.asList(more));
    return arguments.toArray(new String[0]);
  }

  private String both(String part) {
    return "ecg="
        + folder.resolve("ecg-" + part + ".h5")
        + ",emg="
        + folder.resolve("emg-" + part + ".h5");
  }

  @Test
  void isTrainedKeptInOneFileAndEvaluated() throws IOException {
    int code =
        run(
            new FinetuneCommand(),
            finetune("--train_file", both("train"), "--val_file", both("val")));
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("shares of the signals: {ecg=0.");
    Path best = folder.resolve("fused/best_model.pwck");
    FusedCheckpoint checkpoint = FusedCheckpointFile.read(best);
    assertThat(checkpoint.signals()).containsOnlyKeys("ecg", "emg");
    assertThat(checkpoint.signals().get("emg").windowSamples()).isEqualTo(ToyWindows.SAMPLES);
    assertThat(checkpoint.encoder("ecg").names()).contains("patch_embed.proj.weight");
    assertThat(checkpoint.fusion().names())
        .contains("modality_weights", "heads.ecg.head.4.weight", "heads.emg.head.4.bias");

    code =
        run(
            new EvaluateCommand(),
            "--model=" + best,
            "--data",
            both("val"),
            "--json",
            "--device=cpu",
            "--threads=1");
    assertThat(code).as(err.toString()).isZero();
    JsonNode measured = JsonMapper.builder().build().readTree(out.toString());
    JsonNode trained =
        JsonMapper.builder()
            .build()
            .readTree(folder.resolve("fused/training_run.json").toFile())
            .path("evaluations")
            .get(0)
            .path("values");
    double accuracy = measured.path("metrics").path("accuracy").asDouble();
    assertThat(accuracy).isCloseTo(trained.path("accuracy").asDouble(), within(1e-9));
    assertThat(accuracy).isGreaterThan(0.6);
    isExportedAsOneGraph(best);
  }

  private void isExportedAsOneGraph(Path best) throws IOException {
    Path onnx = folder.resolve("fused.onnx");
    int code =
        run(
            new ExportCommand(),
            "--checkpoint=" + best,
            "--output=" + onnx,
            "--fused",
            "--data",
            both("val"));
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("largest difference of the logits");
    try (OnnxModel model = OnnxModel.load(onnx, 1)) {
      assertThat(model.inputs()).containsOnlyKeys("ecg", "emg");
      JsonNode card =
          JsonMapper.builder()
              .build()
              .readTree(model.metadata(ModelCard.FUSION_METADATA_KEY).orElseThrow());
      assertThat(card.path("signals").get(1).path("input").asText()).isEqualTo("emg");
      assertThat(card.path("labels")).hasSize(3);
      assertThat(card.path("exportDifference").asDouble()).isLessThan(1e-4);
    }
    assertThat(evaluated(onnx).path("engine").asText()).isEqualTo("onnxruntime");
    assertThat(evaluated(onnx).path("metrics").path("accuracy"))
        .isEqualTo(evaluated(best).path("metrics").path("accuracy"));
    lowerPrecisionSaysWhatItCosts(best);
  }

  private JsonNode evaluated(Path model) throws IOException {
    int code =
        run(
            new EvaluateCommand(),
            "--model=" + model,
            "--data",
            both("val"),
            "--json",
            "--threads=1");
    assertThat(code).as(err.toString()).isZero();
    return JsonMapper.builder().build().readTree(out.toString());
  }

  private void lowerPrecisionSaysWhatItCosts(Path best) throws IOException {
    Path onnx = folder.resolve("fused-int8.onnx");
    int code =
        run(
            new ExportCommand(),
            "--checkpoint=" + best,
            "--output=" + onnx,
            "--precision=int8",
            "--data",
            both("val"),
            "--calibration",
            both("train"));
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "what int8 costs against fp32, on ecg-train.h5, emg-train.h5, 60 windows",
            "accuracy_fp32",
            "accuracy_int8",
            "same_labels");
    try (OnnxModel model = OnnxModel.load(onnx, 1)) {
      JsonNode evaluations =
          JsonMapper.builder()
              .build()
              .readTree(model.metadata(ModelCard.FUSION_METADATA_KEY).orElseThrow())
              .path("evaluations");
      double same =
          evaluations.get(evaluations.size() - 1).path("values").path("same_labels").asDouble();
      assertThat(same).isGreaterThan(0.8);
    }
  }

  @Test
  void signalsOfDifferentTimeSpansAreRefused() throws IOException {
    ToyWindows.write(folder.resolve("emg-train.h5"), 57, 5);
    assertThat(run(new FinetuneCommand(), finetune("--train_file", both("train"))))
        .isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString()).contains("emg-train.h5", "windows; expected");
  }

  @Test
  void aSignalWithoutFilesIsNamed() {
    String ecg = "ecg=" + folder.resolve("ecg-train.h5");
    assertThat(run(new FinetuneCommand(), finetune("--train_file", ecg)))
        .isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString())
        .contains("--train_file gives files of [ecg]; expected ecg=FILE emg=FILE");
  }
}
