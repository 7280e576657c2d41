package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.PublishedCheckpoint;
import io.physiowave.training.checkpoint.TorchFile;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointCommandsTest {
  private static final String SOURCE = "src/test/resources/golden/emg-small.pth";

  @TempDir private Path folder;
  private final StringWriter text = new StringWriter();

  private int run(Object command, Object... arguments) {
    PrintWriter out = new PrintWriter(text);
    String[] line = new String[arguments.length];
    for (int index = 0; index < line.length; index++) {
      line[index] = arguments[index].toString();
    }
    return CommandRunner.run(command, out, out, line);
  }

  @Test
  void carryWeightsThereAndBack() throws IOException {
    Path ours = folder.resolve("emg.pwck");
    Path theirs = folder.resolve("emg.pth");
    assertThat(run(new ImportCheckpointCommand(), SOURCE, "--output", ours)).isZero();
    assertThat(run(new ExportCheckpointCommand(), ours, "--output", theirs)).isZero();

    PublishedCheckpoint source = PublishedCheckpoint.read(Path.of(SOURCE));
    PublishedCheckpoint back = PublishedCheckpoint.read(theirs);
    assertThat(source.weights().tensors()).containsAllEntriesOf(back.weights().tensors());
    assertThat(back.weights().names()).contains("task_heads.classification.head.4.bias");
    assertThat(CheckpointFile.read(theirs).config()).isEqualTo(CheckpointFile.read(ours).config());
  }

  @Test
  void reportWhatFitted() {
    assertThat(run(new ImportCheckpointCommand(), SOURCE, "--output", folder.resolve("emg.pwck")))
        .isZero();
    assertThat(text.toString())
        .contains("epoch=3")
        .containsPattern("matched +\\d+")
        .containsPattern("missing +0")
        .contains("  task_heads.multilabel.head.1.weight")
        .contains("wrote ");
  }

  @Test
  void choosesAnotherHeadWhenAsked() throws IOException {
    Path ours = folder.resolve("emg.pwck");
    run(new ImportCheckpointCommand(), SOURCE, "--output", ours, "--set", "task=multilabel");
    assertThat(CheckpointFile.read(ours).config().numClasses()).isEqualTo(7);
  }

  @Test
  void sayInOneLineWhatIsWrong() {
    assertThat(run(new ImportCheckpointCommand(), "pom.xml")).isEqualTo(CommandRunner.FAILURE);
    assertThat(text.toString())
        .startsWith("import-checkpoint: pom.xml: not a zip archive")
        .hasLineCount(1);
  }

  private void refused(int code, String words, Object command, Object... arguments) {
    assertThat(run(command, arguments)).as(text.toString()).isEqualTo(code);
    assertThat(text.toString()).contains(words);
  }

  @Nested
  class Refuse {
    @Test
    void toWriteOverWhatTheyRead() throws IOException {
      Path theirs = Files.copy(Path.of(SOURCE), folder.resolve("emg.pth"));
      refused(
          CommandRunner.USAGE,
          "--output is " + theirs + ", which is read; name another file",
          new ImportCheckpointCommand(),
          theirs,
          "--output",
          folder.resolve("./emg.pth"));
      assertThat(theirs).hasSameBinaryContentAs(Path.of(SOURCE));
      refused(
          CommandRunner.USAGE,
          "which is read; name another file",
          new ExportCheckpointCommand(),
          theirs,
          "--output",
          theirs);
      assertThat(theirs).hasSameBinaryContentAs(Path.of(SOURCE));
    }

    @Test
    void aPlaceWhereNothingCanBePut() {
      refused(
          CommandRunner.FAILURE,
          "is a directory; expected the name of a file to write",
          new ImportCheckpointCommand(),
          SOURCE,
          "--output",
          folder);
      assertThat(text.toString()).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
      "embeddim=9, 'emg-small.pth: ''embeddim'' is no argument of a model; expected one of ['",
      "embed_dim=9, 'embed_dim is asked to be 9, but the shapes of the weights give 32'",
      "task=pretrain, 'but the shapes of the weights give classification'",
      "num_heads=many, 'at num_heads'",
    })
    void whatCannotBeSet(String set, String words) {
      refused(
          CommandRunner.FAILURE,
          words,
          new ImportCheckpointCommand(),
          SOURCE,
          "--output",
          folder.resolve("emg.pwck"),
          "--set",
          set);
      assertThat(text.toString()).hasLineCount(1);
      assertThat(folder).isEmptyDirectory();
    }

    @Test
    void weightsThatAreNoNumbers() throws IOException {
      ModelWeights weights = PublishedCheckpoint.read(Path.of(SOURCE)).weights();
      WeightTensor norm = weights.get("encoder.norm.weight");
      float[] values = norm.values().clone();
      values[2] = Float.NaN;
      Path lost = folder.resolve("lost.pth");
      TorchFile.writeStateDict(
          lost, weights.with("encoder.norm.weight", new WeightTensor(norm.shape(), values)));
      refused(
          CommandRunner.FAILURE,
          "lost.pth: value 2 of encoder.norm.weight is NaN; expected finite weights",
          new ImportCheckpointCommand(),
          lost);
    }

    @Test
    void weightsThatWereDamagedOnTheWay() throws IOException {
      byte[] bytes = Files.readAllBytes(Path.of(SOURCE));
      byte[] name = "emg-small/data/20".getBytes(StandardCharsets.US_ASCII);
      int entry = 0;
      while (!Arrays.equals(bytes, entry, entry + name.length, name, 0, name.length)) {
        entry++;
      }
      // Behind the name and the alignment, which is of 64 bytes.
      bytes[(entry + name.length + 127) / 64 * 64] ^= 1;
      Path damaged = Files.write(folder.resolve("damaged.pth"), bytes);
      refused(
          CommandRunner.FAILURE,
          "is damaged: its checksum is",
          new ImportCheckpointCommand(),
          damaged);
      assertThat(text.toString()).hasLineCount(1);
    }
  }
}
