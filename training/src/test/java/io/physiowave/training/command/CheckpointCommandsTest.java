package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.PublishedCheckpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
