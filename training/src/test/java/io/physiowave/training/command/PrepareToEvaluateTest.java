package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.dataset.WindowFile;
import io.physiowave.training.prepare.SmallRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareToEvaluateTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object command, Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    out.getBuffer().setLength(0);
    return CommandRunner.run(command, new PrintWriter(out), new PrintWriter(err), texts);
  }

  private Path beats() throws IOException {
    Path records = folder.resolve("records");
    for (String name : new String[] {"101", "106", "208"}) {
      SmallRecords.mitdb(records, name, 24);
    }
    Path prepared = folder.resolve("mitdb");
    int code =
        run(
            new PrepareMitdbCommand(),
            records,
            "--output-dir",
            prepared,
            "--val_records",
            "106",
            "--test_records=208");
    assertThat(code).as(err.toString()).isZero();
    return prepared;
  }

  @Nested
  class Preparing {
    @Test
    void beatsAreDividedByRecordAndDescribed() throws IOException {
      Path prepared = beats();
      DatasetDescription description =
          DatasetDescriptionJson.read(prepared.resolve(DatasetDescription.FILE_NAME));
      assertThat(description.files()).containsOnlyKeys("train", "val", "test");
      assertThat(description.files().get("val").groups()).containsExactly("106");
      assertThat(description.files().get("train").windowsPerLabel())
          .containsEntry("N", 18L)
          .containsEntry("V", 6L)
          .containsEntry("S", 0L);
      assertThat(description.source().sha256()).containsKeys("101.dat", "101.atr", "101.hea");
      assertThat(description.contextValues()).isEqualTo(16);
      try (WindowFile train = WindowFile.open(prepared.resolve("train.h5"))) {
        assertThat(train.rows()).isEqualTo(3);
        assertThat(train.samples()).isEqualTo(72);
        float[] window = new float[3 * 72];
        train.read(4, window);
        // The beat stands 24 samples after the margin of 4, give or take the filters' delay.
        int peak = 0;
        for (int t = 0; t < 72; t++) {
          peak = window[t] > window[peak] ? t : peak;
        }
        assertThat(peak).isBetween(27, 31);
      }
    }

    @Test
    void gesturesAreDividedBySubject() throws IOException {
      Path prepared = folder.resolve("emg");
      Path zip = SmallRecords.uciEmg(folder.resolve("emg.zip"), 3);
      int code =
          run(new PrepareUciEmgCommand(), zip, "--output_dir", prepared, "--val_subjects", "02");
      assertThat(code).as(err.toString()).isZero();
      DatasetDescription description =
          DatasetDescriptionJson.read(prepared.resolve(DatasetDescription.FILE_NAME));
      assertThat(description.files().get("train").groups()).containsExactly("01", "03");
      assertThat(description.files().get("val").windowsPerLabel().values())
          .allSatisfy(count -> assertThat(count).isBetween(8L, 11L));
      try (WindowFile train = WindowFile.open(prepared.resolve("train.h5"))) {
        float[] window = new float[8 * 116];
        train.read(0, window);
        assertThat(train.labels().orElseThrow().classOf(0)).isZero();
        assertThat(energy(window, 1)).isGreaterThan(20 * energy(window, 5));
      }
    }

    private double energy(float[] window, int row) {
      double sum = 0;
      for (int t = row * 116; t < (row + 1) * 116; t++) {
        sum += (double) window[t] * window[t];
      }
      return sum;
    }

    @Test
    void anyRecordsGiveWindowsWithoutLabels() throws IOException {
      Path records = folder.resolve("records");
      SmallRecords.mitdb(records, "a1", 24);
      SmallRecords.mitdb(records, "a2", 24);
      Path prepared = folder.resolve("wfdb");
      int code =
          run(
              new PrepareWfdbCommand(),
              records,
              "--output_dir",
              prepared,
              "--channels=mlii,v1",
              "--rate=100",
              "--window=256",
              "--hop=128",
              "--val_records=a2");
      assertThat(code).as(err.toString()).isZero();
      try (WindowFile train = WindowFile.open(prepared.resolve("train.h5"))) {
        assertThat(train.labels()).isEmpty();
        assertThat(train.size()).isBetween(14, 16);
        float[] window = new float[2 * 256];
        train.read(3, window);
        double squares = 0;
        for (int t = 0; t < 256; t++) {
          squares += (double) window[t] * window[t];
        }
        assertThat(squares / 256).isCloseTo(1, within(1e-3));
      }
      assertThat(prepared.resolve("val.h5")).exists();
    }

    @Test
    void recordsWithoutTheChannelsAreRefused() throws IOException {
      SmallRecords.mitdb(folder.resolve("records"), "a1", 8);
      int code =
          run(
              new PrepareWfdbCommand(),
              folder.resolve("records"),
              "--output_dir",
              folder.resolve("wfdb"));
      assertThat(code).isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString()).contains("none of 1 records gave a window", "aVR");
    }

    @Test
    void diagnosesOfTheHeadersBecomeLabels() throws IOException {
      Path records = folder.resolve("records");
      for (int i = 0; i < 10; i++) {
        String code = i % 2 == 0 ? "426177001" : "164890007,55930002";
        SmallRecords.twelveLeads(records, "JS0000" + i, 5000, "Dx: " + code);
      }
      SmallRecords.twelveLeads(records, "JS00099", 5000, "Dx: 55930002");
      Path prepared = folder.resolve("chapman");
      int code = run(new PrepareCommand(), "chapman-shaoxing", records, "--output_dir", prepared);
      assertThat(code).as(err.toString()).isZero();
      assertThat(out.toString()).contains("10 of 11 records have one of the labels");
      DatasetDescription description =
          DatasetDescriptionJson.read(prepared.resolve(DatasetDescription.FILE_NAME));
      assertThat(description.files().get("train").groups()).hasSize(7);
      assertThat(description.files().get("val").groups()).hasSize(2);
      assertThat(description.files().get("test").groups()).hasSize(1);
      try (WindowFile train = WindowFile.open(prepared.resolve("train.h5"))) {
        assertThat(train.size()).isEqualTo(7 * 4);
        assertThat(train.labels().orElseThrow().columns()).isEqualTo(4);
        float[] window = new float[12 * 2048];
        train.read(3, window);
        // The fourth window starts at 3072, so that 1928 samples are left.
        assertThat(window[1927]).isNotZero();
        assertThat(window[1928]).isZero();
      }
    }

    @Test
    void recordsOfAnotherSourceGoToTrainingUnlessNamed() throws IOException {
      Path records = folder.resolve("records");
      SmallRecords.mitdb(records, "901", 8);
      SmallRecords.mitdb(records, "118", 8);
      Path prepared = folder.resolve("out");
      assertThat(
              run(
                  new PrepareMitdbCommand(),
                  records,
                  "--output_dir",
                  prepared,
                  "--test_records",
                  "118"))
          .as(err.toString())
          .isZero();
      DatasetDescription description =
          DatasetDescriptionJson.read(prepared.resolve(DatasetDescription.FILE_NAME));
      assertThat(description.files()).containsOnlyKeys("train", "test");
      assertThat(description.split()).isEqualTo("by record: training 901; validation ; test 118");
    }

    @Test
    void channelsThatNoRowReadsMayHaveAnyUnit() throws IOException {
      Path records = Files.createDirectories(folder.resolve("records"));
      SmallRecords.mitdb(records, "a1", 24);
      Path header = records.resolve("a1.hea");
      String text = Files.readString(header);
      Files.writeString(header, text.replaceFirst("/mV(.*)MLII", "/mmHg$1ABP"));
      Path prepared = folder.resolve("wfdb");
      String[] options = {"--rate=100", "--window=256", "--source=Ours", "--licence=CC0"};
      assertThat(
              run(
                  new PrepareWfdbCommand(),
                  records,
                  "--output_dir",
                  prepared,
                  "--channels=V1",
                  options[0],
                  options[1],
                  options[2],
                  options[3]))
          .as(err.toString())
          .isZero();
      DatasetDescription description =
          DatasetDescriptionJson.read(prepared.resolve(DatasetDescription.FILE_NAME));
      assertThat(description.source().id()).isEqualTo("Ours");
      assertThat(description.source().licence()).isEqualTo("CC0");
      Files.writeString(header, text.replaceFirst("/mV(.*)MLII", "/uV$1MLII"));
      assertThat(
              run(
                  new PrepareWfdbCommand(),
                  records,
                  "--output_dir",
                  folder.resolve("two"),
                  "--channels=MLII,V1",
                  options[0],
                  options[1]))
          .isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString()).contains("record a1: channel V1 is in mV and MLII in uV");
    }

    @Test
    void aRecordThatIsNotThereIsNamed() throws IOException {
      SmallRecords.mitdb(folder.resolve("records"), "101", 8);
      int code =
          run(
              new PrepareMitdbCommand(),
              folder.resolve("records"),
              "--output_dir",
              folder.resolve("out"),
              "--val_records",
              "999");
      assertThat(code).isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString()).contains("holds no '999'; expected among [101]");
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @Test
  void bothEnginesMeasureTheSameFigures() throws IOException {
    Path prepared = beats();
    Path trained = folder.resolve("trained");
    int code =
        run(
            new FinetuneCommand(),
            "--train-file",
            prepared.resolve("train.h5"),
            "--val-file",
            prepared.resolve("val.h5"),
            "--output-dir",
            trained,
            "--max_level=1",
            "--wave_kernel_size=4",
            "--wavelet_names",
            "db2",
            "--patch_size=16",
            "--embed_dim=16",
            "--depth=1",
            "--num_heads=2",
            "--normalisation=zscore",
            "--init=fan_in",
            "--lr=5e-3",
            "--epochs=3",
            "--batch_size=8",
            "--warmup_epochs=1",
            "--calibrate=balanced_accuracy",
            "--threads=1");
    assertThat(code).as(err.toString()).isZero();
    assertThat(trained).isDirectoryContaining("glob:**/validation_confusion.png");
    Path onnx = folder.resolve("beats.onnx");
    code =
        run(
            new ExportCommand(),
            "--checkpoint",
            trained.resolve("best_model.pwck"),
            "--output",
            onnx,
            "--onset-probability=0.7",
            "--background-labels=N");
    assertThat(code).as(err.toString()).isZero();
    Path card = folder.resolve("beats.card.json");
    ModelCard said = ModelCardJson.read(Files.readString(card), card.toString());
    assertThat(said.decision().episodes())
        .isEqualTo(new EpisodeRules(0.7, null, null, List.of("N")));
    assertThat(said.nameOf("V")).as("as the preparation knows it").isEqualTo("Ventricular");
    namesOfLabelsMayBeGiven(trained);
    JsonNode torch = evaluated(trained.resolve("best_model.pwck"), prepared);
    JsonNode exported = evaluated(onnx, prepared);
    assertThat(torch.path("engine").asText()).isEqualTo("libtorch");
    assertThat(exported.path("engine").asText()).isEqualTo("onnxruntime");
    assertThat(figures(exported)).isEqualTo(figures(torch));
    assertThat(torch.path("windows").asInt()).isEqualTo(24);
    assertThat(torch.path("labels").get(2).asText()).isEqualTo("V");
    windowsThatMeanSomethingElseAreRefused(trained, onnx, prepared);
    lowerPrecisionSaysWhatItCosts(trained, prepared);
    theEncoderGoesAlone(trained);
  }

  /** Of the same shape, so that nothing else would be noticed. */
  private void windowsThatMeanSomethingElseAreRefused(Path trained, Path onnx, Path prepared)
      throws IOException {
    Path order = but(prepared, "order", "[ \"N\", \"S\",", "[ \"S\", \"N\",");
    for (Path model : new Path[] {trained.resolve("best_model.pwck"), onnx}) {
      assertThat(run(new EvaluateCommand(), "--model", model, "--data", order))
          .isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString().lines().reduce((first, last) -> last).orElseThrow())
          .contains(order + ": its labels are [S, N, V, F, Q] by the dataset.json beside it")
          .endsWith("expected [N, S, V, F, Q] as in " + model);
      assertThat(
              run(new EvaluateCommand(), "--model", model, "--data", order, "--labels=N,S,V,F,Q"))
          .as("whoever names the labels knows better")
          .isZero();
    }
    Path unit = but(prepared, "unit", "\"mV\"", "\"uV\"");
    Path train = prepared.resolve("train.h5");
    assertThat(
            run(
                new FinetuneCommand(),
                "--train_file=" + train,
                "--val_file=" + unit,
                "--output_dir=" + folder.resolve("never")))
        .isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString())
        .contains(unit + ": its samples are in uV by the dataset.json beside it; expected mV as in")
        .contains("as in " + train);
  }

  /** The test part once more, with one thing in its description changed. */
  private Path but(Path prepared, String name, String told, String instead) throws IOException {
    Path other = Files.createDirectories(folder.resolve(name));
    String description = Files.readString(prepared.resolve(DatasetDescription.FILE_NAME));
    assertThat(description).contains(told);
    Files.writeString(
        other.resolve(DatasetDescription.FILE_NAME), description.replace(told, instead));
    return Files.copy(prepared.resolve("test.h5"), other.resolve("test.h5"));
  }

  private void namesOfLabelsMayBeGiven(Path trained) throws IOException {
    Path onnx = folder.resolve("named.onnx");
    ExportCommand export = new ExportCommand();
    int code =
        run(
            export,
            "--checkpoint",
            trained.resolve("best_model.pwck"),
            "--output",
            onnx,
            "--label-names",
            "N=Sinus,S=Atrial,V=Ectopic,F=Mixed");
    assertThat(code).isNotZero();
    assertThat(err.toString())
        .contains("--label-names: labelNames is {N=Sinus, S=Atrial, V=Ectopic, F=Mixed}; expected")
        .contains("for each of [N, S, V, F, Q]");
    assertThat(onnx).doesNotExist();
    code =
        run(
            new ExportCommand(),
            "--checkpoint",
            trained.resolve("best_model.pwck"),
            "--output",
            onnx,
            "--label-names",
            "N=Sinus,S=Atrial,V=Ectopic,F=Mixed,Q=Other");
    assertThat(code).as(err.toString()).isZero();
    assertThat(run(new InspectCommand(), onnx)).isZero();
    assertThat(out.toString()).contains("N (Sinus), S (Atrial), V (Ectopic), F (Mixed), Q (Other)");
  }

  private void lowerPrecisionSaysWhatItCosts(Path trained, Path prepared) throws IOException {
    Path onnx = folder.resolve("beats-int8.onnx");
    int code =
        run(
            new ExportCommand(),
            "--checkpoint",
            trained.resolve("best_model.pwck"),
            "--output",
            onnx,
            "--precision=int8",
            "--fused",
            "--calibration",
            prepared.resolve("test.h5"));
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("largest difference of the logits")
        .contains("what int8 costs against fp32, on test.h5, 24 windows")
        .contains("accuracy_fp32", "accuracy_int8", "same_labels");
    assertThat(run(new InspectCommand(), onnx)).isZero();
    assertThat(out.toString()).contains("classifier in int8", "same_labels");
    assertThat(evaluated(onnx, prepared).path("windows").asInt()).isEqualTo(24);
  }

  private void theEncoderGoesAlone(Path trained) throws IOException {
    Path onnx = folder.resolve("encoder.onnx");
    int code =
        run(
            new ExportCommand(),
            "--checkpoint",
            trained.resolve("best_model.pwck"),
            "--output",
            onnx,
            "--kind=encoder",
            "--precision=fp16");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("largest difference of the embedding");
    assertThat(run(new InspectCommand(), onnx)).isZero();
    assertThat(out.toString())
        .contains("encoder in fp16", "none: it gives features", "embedding float32 [batch, 16]");
  }

  @Test
  void bothEnginesMeasureTheSameFiguresOfSeveralLabels() throws IOException {
    Path records = folder.resolve("records");
    for (int i = 0; i < 10; i++) {
      String code = i % 2 == 0 ? "426177001" : "164890007,55930002";
      SmallRecords.twelveLeads(records, "JS0000" + i, 5000, "Dx: " + code);
    }
    Path prepared = folder.resolve("chapman");
    run(new PrepareCommand(), "chapman-shaoxing", records, "--output_dir", prepared);
    Path trained = folder.resolve("trained");
    int code =
        run(
            new FinetuneCommand(),
            "--train_file=" + prepared.resolve("train.h5"),
            "--val_file=" + prepared.resolve("val.h5"),
            "--output_dir=" + trained,
            "--task=multilabel",
            "--max_level=1",
            "--wave_kernel_size=4",
            "--wavelet_names=db2",
            "--patch_size=128",
            "--embed_dim=16",
            "--depth=1",
            "--num_heads=2",
            "--epochs=2",
            "--use_amp",
            "--device=cpu",
            "--threads=1");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsOnlyOnce("--use_amp: arithmetic stays float32 on the CPU")
        .contains("tuned on validation", "threshold", "micro_f1");
    Path onnx = folder.resolve("chapman.onnx");
    code =
        run(
            new ExportCommand(),
            "--checkpoint",
            trained.resolve("best_model.pwck"),
            "--output",
            onnx);
    assertThat(code).as(err.toString()).isZero();
    JsonNode torch = evaluated(trained.resolve("best_model.pwck"), prepared);
    JsonNode exported = evaluated(onnx, prepared);
    assertThat(exported.path("engine").asText()).isEqualTo("onnxruntime");
    assertThat(figures(exported)).isEqualTo(figures(torch));
    assertThat(torch.path("metrics").fieldNames())
        .toIterable()
        .contains("micro_auroc", "macro_average_precision", "hamming_loss", "jaccard");
    assertThat(torch.path("classes").get(0).path("threshold").asDouble()).isBetween(0.05, 0.95);
  }

  private JsonNode evaluated(Path model, Path prepared) throws IOException {
    int code =
        run(
            new EvaluateCommand(),
            "--model",
            model,
            "--data",
            prepared.resolve("test.h5"),
            "--json",
            "--threads=1");
    assertThat(code).as(err.toString()).isZero();
    return JsonMapper.builder().build().readTree(out.toString());
  }

  private static ObjectNode figures(JsonNode evaluation) {
    return ((ObjectNode) evaluation).deepCopy().remove(List.of("model", "engine"));
  }

  @Test
  void numClassesIsAskedForWithoutADescription() throws IOException {
    Path file = ToyWindows.write(folder.resolve("train.h5"), 30, 1);
    int code = run(new FinetuneCommand(), "--train_file", file, "--in_channels=2");
    assertThat(code).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).contains("--num_classes is missing");
  }
}
