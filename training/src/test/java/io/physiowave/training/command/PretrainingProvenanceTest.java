package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.prepare.SmallRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model tells how the encoder was pretrained that it was fine-tuned from. */
class PretrainingProvenanceTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path prepared;
  private Path encoder;

  private void run(Object command, Object... arguments) {
    out.getBuffer().setLength(0);
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int code = CommandRunner.run(command, new PrintWriter(out), new PrintWriter(err), texts);
    assertThat(code).as(err.toString()).isZero();
  }

  private void train(Object command, String output, String... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "--train_file=" + prepared.resolve("train.h5"),
                "--val_file=" + prepared.resolve("val.h5"),
                "--output_dir=" + folder.resolve(output),
                "--max_level=1",
                "--wave_kernel_size=4",
                "--wavelet_names=db2",
                "--patch_size=24",
                "--embed_dim=16",
                "--depth=1",
                "--num_heads=2",
                "--epochs=1",
                "--batch_size=8",
                "--device=cpu",
                "--threads=1"));
    arguments.addAll(List.of(more));
    run(command, arguments.toArray());
  }

  @BeforeEach
  void anEncoderIsPretrained() throws IOException {
    prepared = folder.resolve("emg");
    Path zip = SmallRecords.uciEmg(folder.resolve("emg.zip"), 3);
    run(new PrepareUciEmgCommand(), zip, "--output_dir", prepared, "--val_subjects", "02");
    train(
        new PretrainCommand(),
        "pre",
        "--in_channels=8",
        "--max_length=96",
        "--mask_ratio=0.4",
        "--fixed_target",
        "--seed=11");
    encoder = folder.resolve("pre/best_checkpoint.pwck");
  }

  @Test
  void itsCheckpointKnowsDataOptionsAndSeed() throws IOException {
    PretrainingRun run =
        PretrainingRunJson.read(CheckpointFile.read(encoder).sections(), encoder).orElseThrow();
    assertThat(run.files()).extracting("part").containsExactly("training", "validation");
    assertThat(run.files().get(0).sha256())
        .isEqualTo(FileHash.sha256(prepared.resolve("train.h5")));
    assertThat(run.files().get(0).id()).contains("EMG data for gestures");
    assertThat(run.files().get(0).windows()).isPositive();
    assertThat(run.configuration()).containsEntry("mask_ratio", 0.4);
    assertThat(run.configuration()).containsEntry("fixed_target", true);
    assertThat(run.seed()).isEqualTo(11);
    assertThat(run.epochs()).isEqualTo(1);
    assertThat(run.figures()).containsKey("val_loss");
    assertThat(run.engine()).contains("libtorch");
  }

  @Test
  void theModelMadeFromItPassesThatOnToItsCard() throws IOException {
    train(new FinetuneCommand(), "fine", "--pretrained_path=" + encoder);
    Path best = folder.resolve("fine/best_model.pwck");
    assertThat(PretrainingRunJson.read(CheckpointFile.read(best).sections(), best))
        .isEqualTo(PretrainingRunJson.read(CheckpointFile.read(encoder).sections(), encoder));

    // And once more: a model made from that model.
    train(new FinetuneCommand(), "finer", "--pretrained_path=" + best);
    Path onnx = folder.resolve("model.onnx");
    run(
        new ExportCommand(),
        "--checkpoint=" + folder.resolve("finer/best_model.pwck"),
        "--output=" + onnx);
    run(new InspectCommand(), onnx);
    assertThat(out.toString())
        .contains(
            "train.h5, for pretraining (CC BY 4.0), sha256 "
                + FileHash.sha256(prepared.resolve("train.h5")),
            "val.h5, for pretraining (validation)")
        .containsPattern("pretrained +20..-..-.. by .* windows, epoch 1 of 1, seed 11;")
        .contains("mask_ratio 0.4, importance_ratio 0.6, fixed_target true");
    run(new InspectCommand(), folder.resolve("finer/best_model.pwck"));
    assertThat(out.toString()).contains("classification", "seed 11;", "for pretraining");
    run(new InspectCommand(), onnx, "--json");
    JsonNode entry =
        JsonMapper.builder()
            .build()
            .readTree(out.toString())
            .at("/card/provenance/configuration/pretraining/0");
    assertThat(entry.path("seed").asInt()).isEqualTo(11);
    assertThat(entry.path("options").path("train_file").asText()).doesNotContain("/");
  }

  @Test
  void checkpointsOfEarlierVersionsStillServe() throws IOException {
    Checkpoint known = CheckpointFile.read(encoder);
    CheckpointFile.write(encoder, new Checkpoint(known.config(), known.weights()));
    train(new FinetuneCommand(), "fine", "--pretrained_path=" + encoder);
    Path best = folder.resolve("fine/best_model.pwck");
    assertThat(CheckpointFile.read(best).sections()).isEmpty();
    run(new InspectCommand(), best);
    assertThat(out.toString()).contains("pretrained     not recorded");
    run(new ExportCommand(), "--checkpoint=" + best, "--output=" + folder.resolve("m.onnx"));
    run(new InspectCommand(), folder.resolve("m.onnx"));
    assertThat(out.toString()).doesNotContain("pretraining");
  }
}
