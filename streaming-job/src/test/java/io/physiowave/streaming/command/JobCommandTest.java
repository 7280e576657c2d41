package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.core.card.Decision;
import io.physiowave.streaming.options.SettingHelp;
import io.physiowave.streaming.testing.TestModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandRunner.run(
        new JobCommand(), new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void helpDocumentsEveryOptionInAllThreeForms() {
    assertThat(run("--help")).isZero();

    String help = out.toString().replaceAll("\\s+", " ");
    assertThat(SettingHelp.all())
        .allSatisfy(
            setting -> {
              assertThat(help).contains(setting.flag());
              setting
                  .description()
                  .forEach(line -> assertThat(help).contains(line.strip().replaceAll("\\s+", " ")));
            });
    assertThat(help).contains("--config").contains("PHYSIOWAVE_INFERENCE_MAX_BATCH");
  }

  @Test
  void everyProblemIsListedBeforeAnythingStarts() throws Exception {
    Path file = Files.writeString(directory.resolve("job.yaml"), "inference: {max-batsh: 3}\n");

    int code = run("--config", file.toString(), "--max-wait", "soon", "--parallelism", "0");

    assertThat(code).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString())
        .contains("did you mean 'inference.max-batch'?")
        .contains("inference.max-wait is 'soon' (flag --max-wait)")
        .contains("run.parallelism is 0");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aCheckReadsTheModelsAndStartsNothing() {
    Path model = TestModels.write(directory, TestModels.emg(Decision.ARG_MAX));

    assertThat(run("--check", "--models", model.toString(), "--audit")).isZero();

    assertThat(out.toString())
        .contains("EMG by test-emg 1 (" + model + ")")
        .contains("signal.frames -> signal.labels at localhost:9092");
  }

  @Test
  void aModelThatIsNotThereFailsInOneLine() {
    assertThat(run("--models", directory.resolve("none.onnx").toString()))
        .isEqualTo(CommandRunner.FAILURE);

    assertThat(err.toString()).contains("none.onnx: no such model file").hasLineCount(1);
  }

  @Test
  void anUnknownFlagIsBadUsage() {
    assertThat(run("--max-batsh", "3")).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).contains("--max-batch");
  }
}
