package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.dataset.ToyWindows;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be trained on is refused in one line, and nothing is left under its final name. */
class BadInputTest {
  private static final float[][][] DATA = new float[40][2][32];

  @TempDir Path folder;
  private final StringWriter text = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path good;

  @BeforeEach
  void goodWindows() throws IOException {
    good = ToyWindows.write(folder.resolve("good.h5"), 40, 1);
  }

  private Path file(Map<String, Object> datasets) {
    Path file = folder.resolve("bad.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      datasets.forEach(hdf::putDataset);
    }
    return file;
  }

  private int run(Object command, Path train, String... more) {
    return run(command, train, folder.resolve("out"), more);
  }

  private int run(Object command, Path train, Path out, String... more) {
    List<String> arguments = new ArrayList<>(arguments(train, out));
    arguments.addAll(List.of(more));
    return CommandRunner.run(
        command, new PrintWriter(text), new PrintWriter(err), arguments.toArray(new String[0]));
  }

  private List<String> arguments(Path train, Path out) {
    return List.of(
        "--train_file=" + train,
        "--val_file=" + good,
        "--output_dir=" + out,
        "--in_channels=2",
        "--max_level=1",
        "--wave_kernel_size=4",
        "--wavelet_names=db2",
        "--patch_size=8",
        "--embed_dim=" + (out.endsWith("tuned") ? 32 : 16),
        "--depth=1",
        "--num_heads=2",
        "--epochs=1",
        "--batch_size=8",
        "--device=cpu",
        "--threads=1");
  }

  private void refused(Path train, String... words) throws IOException {
    assertThat(run(new FinetuneCommand(), train, "--num_classes=3"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine(words);
    Path out = folder.resolve("out");
    if (Files.exists(out)) {
      try (Stream<Path> left = Files.list(out)) {
        assertThat(left).isEmpty();
      }
    }
  }

  private void assertOneLine(String... words) {
    assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
    assertThat(err.toString()).contains(words);
  }

  @Test
  void aMaskThatHidesNothing() throws IOException {
    assertThat(run(new PretrainCommand(), good, "--max_length=32", "--mask_ratio=0.05"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine(
        "mask_ratio 0.05 hides none of the 16 tokens of a window; expected at least 0.0625");
  }

  @Test
  void aShareBeyondTheWhole() {
    for (String share : List.of("1.5", "-0.1", "0", "1", "NaN")) {
      err.getBuffer().setLength(0);
      assertThat(withoutValidation("--val_split_ratio=" + share, "--val_split_by=window"))
          .isEqualTo(CommandRunner.FAILURE);
      assertOneLine("val_split_ratio is ", "expected more than 0 and less than 1");
    }
  }

  /** Windows of one recording look alike, so that such a part flatters. */
  @Test
  void windowsSetApartFromTheirOwnRecordings() {
    String warning = "windows of one record or subject are in training and in validation";
    assertThat(withoutValidation("--val_split_by=group", "--val_split_ratio=0.3")).isZero();
    assertThat(text.toString()).doesNotContain(warning);
    assertThat(withoutValidation("--val_split_by=window")).isZero();
    assertThat(text.toString()).contains(warning, "--val_split_by group");
  }

  private int withoutValidation(String... more) {
    List<String> arguments = new ArrayList<>(arguments(good, folder.resolve("out")));
    arguments.removeIf(argument -> argument.startsWith("--val_file"));
    arguments.add("--num_classes=3");
    arguments.addAll(List.of(more));
    return CommandRunner.run(
        new FinetuneCommand(),
        new PrintWriter(text),
        new PrintWriter(err),
        arguments.toArray(new String[0]));
  }

  @Test
  void aWrongKey() throws IOException {
    refused(
        file(Map.of("signals", DATA, "label", new int[40])),
        "bad.h5: no data set 'data'; the file holds",
        "signals");
  }

  @Test
  void aWrongRank() throws IOException {
    refused(
        file(Map.of("data", new float[40][64], "label", new int[40])),
        "bad.h5: data has shape [40, 64]; expected (windows, channels, samples)");
  }

  @Test
  void aSampleThatIsNoNumber() throws IOException {
    float[][][] data = new float[40][2][32];
    data[17][1][5] = Float.NaN;
    refused(
        file(Map.of("data", data, "label", new int[40])),
        "bad.h5: data[17][1][5] is NaN; expected finite samples");
  }

  @Test
  void aLabelOutOfRange() throws IOException {
    int[] labels = new int[40];
    labels[8] = 3;
    refused(
        file(Map.of("data", DATA, "label", labels)),
        "bad.h5: label[8] is 3; expected 0 to 2 (num_classes 3)");
  }

  @Test
  void labelsOfAnotherTask() throws IOException {
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3", "--task=multilabel"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("good.h5 data[0]: label has one class a window; --task multilabel expects");
  }

  @Test
  void goingOnFromARunInAnotherFolder() throws IOException {
    assertThat(
            run(
                new FinetuneCommand(),
                good,
                "--num_classes=3",
                "--resume=" + folder.resolve("elsewhere/latest.pwck")))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("elsewhere/latest.pwck does not lie in --output_dir");
  }

  @Test
  void goingOnWithOtherOptionsOrData() throws IOException {
    Path train = ToyWindows.write(folder.resolve("train.h5"), 40, 2);
    assertThat(run(new FinetuneCommand(), train, "--num_classes=3")).isZero();
    assertThat(run(new FinetuneCommand(), train, "--num_classes=3", "--resume", "--patience=2"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine(
        "latest_model.pwck: cannot go on with other options: patience was ", " and is 2;");
    err.getBuffer().setLength(0);
    ToyWindows.write(train, 48, 2);
    assertThat(run(new FinetuneCommand(), train, "--num_classes=3", "--resume"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine(
        "latest_model.pwck: cannot go on with other options: number of training windows was 40 and"
            + " is 48;");
  }

  /** As in the published scripts: {@code run.sh} may pass {@code "$@"} on behind its defaults. */
  @Test
  void ofAnOptionThatIsGivenTwiceTheLastValueHolds() {
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3", "--num-classes=0"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("num_classes is 0; expected 1 or more");
  }

  @Test
  void aNumberBelowItsRange() {
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3", "--batch_size=-3"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("batch_size is -3; expected 1 or more");
  }

  @Test
  void tooFewTapsForTheWavelet() throws IOException {
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3", "--wavelet-names=bior3.9"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("wave_kernel_size 4 is too short to resample wavelet bior3.9");
  }

  @Test
  void aDecisionThatDoesNotFitTheTask() throws IOException {
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3", "--thresholds=0.3,0.4"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("thresholds has 2 values; expected none with task classification");
  }

  @Test
  void anEncoderOfAnotherShape() {
    assertThat(run(new PretrainCommand(), good, "--max_length=32")).isZero();
    Path encoder = folder.resolve("out/best_checkpoint.pwck");
    assertThat(
            run(
                new FinetuneCommand(),
                good,
                folder.resolve("tuned"),
                "--num_classes=3",
                "--pretrained_path=" + encoder))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("best_checkpoint.pwck: the encoder has another shape", "[1, 1, 16]", "more");
    assertThat(folder.resolve("tuned")).doesNotExist();
  }

  private int evaluate(Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--model=" + model, "--data=" + good, "--device=cpu"));
    arguments.addAll(List.of(more));
    return CommandRunner.run(
        new EvaluateCommand(),
        new PrintWriter(new StringWriter()),
        new PrintWriter(err),
        arguments.toArray(new String[0]));
  }

  @Test
  void figuresOfAnswersThatAreNoNumbers() throws IOException {
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3")).isZero();
    Path model = folder.resolve("out/best_model.pwck");
    Checkpoint trained = CheckpointFile.read(model);
    WeightTensor norm = trained.weights().get("encoder.norm.weight");
    float[] lost = norm.values().clone();
    lost[0] = Float.NaN;
    ModelWeights weights =
        trained.weights().with("encoder.norm.weight", new WeightTensor(norm.shape(), lost));
    CheckpointFile.write(model, new Checkpoint(trained.config(), weights));
    assertThat(evaluate(model)).isEqualTo(CommandRunner.FAILURE);
    assertOneLine("best_model.pwck: output 0 for good.h5 data[0] is NaN; expected finite answers");
  }

  /** The state is saved before validation, so the steps of the epoch are not lost. */
  @Test
  void aValidationThatFailsCostsNoEpoch() throws IOException {
    float[][][] data = new float[40][2][32];
    data[3][0][1] = Float.NaN;
    Path bad = file(Map.of("data", data, "label", new int[40]));
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3", "--val_file=" + bad))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine("bad.h5: data[3][0][1] is NaN; expected finite samples");
    file(Map.of("data", DATA, "label", new int[40]));
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3", "--val_file=" + bad, "--resume"))
        .as(err.toString())
        .isZero();
    assertThat(text.toString()).contains("going on at epoch 1, batch 5");
  }

  @Test
  void aBatchOfNoWindows() {
    assertThat(evaluate(folder.resolve("none.pwck"), "--batch_size=-5"))
        .isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).contains("--batch_size is -5; expected 1 or more");
  }

  @Test
  void weightsThatDoNotFitTheirConfiguration() throws IOException {
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3")).isZero();
    Path model = folder.resolve("out/best_model.pwck");
    Checkpoint trained = CheckpointFile.read(model);
    ModelWeights other =
        trained
            .weights()
            .with("encoder.norm.weight", new WeightTensor(new int[] {1}, new float[1]));
    CheckpointFile.write(model, new Checkpoint(trained.config(), other));
    assertThat(evaluate(model)).isEqualTo(CommandRunner.FAILURE);
    assertOneLine(
        "best_model.pwck: weights do not fit the model", "1 of another size: encoder.norm.weight");
  }

  /** A real full disk: the partial file is a link to the device that is always full. */
  @Test
  void aFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    Path out = Files.createDirectories(folder.resolve("out"));
    Path best = Files.writeString(out.resolve("best_model.pwck"), "of an earlier run");
    Files.createSymbolicLink(out.resolve("best_model.pwck.partial"), full);
    assertThat(run(new FinetuneCommand(), good, "--num_classes=3"))
        .isEqualTo(CommandRunner.FAILURE);
    assertOneLine(
        "best_model.pwck: cannot be written: No space left on device; what was there before is"
            + " kept");
    assertThat(best).hasContent("of an earlier run");
    assertThat(out.resolve("best_model.pwck.partial")).doesNotExist();
  }
}
