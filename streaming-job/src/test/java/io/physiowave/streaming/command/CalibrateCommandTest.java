package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
  private static final String MODEL = "../models/emg-gestures.onnx";

  @TempDir Path directory;

  private final StringWriter err = new StringWriter();

  /** Port 1 has no broker: what is asked of it is told after the command's patience. */
  private int live(Path output) {
    return CommandRunner.run(
        new CalibrateCommand(),
        new PrintWriter(new StringWriter()),
        new PrintWriter(err),
        "live",
        "--stream",
        "arm",
        "--model",
        MODEL,
        "--bootstrap-servers",
        "localhost:1",
        "--kafka-property",
        "max.block.ms=100",
        "--output",
        output.toString());
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeTheWearerMakesAnEffort() {
    Path missing = directory.resolve("missing").resolve("left.json");

    assertThat(live(missing)).isEqualTo(1);
    assertThat(err.toString()).contains("missing/left.json");
  }

  @Test
  void aFileIsLeftAsItWasUntilThereIsACalibration() throws Exception {
    Path old = Files.writeString(directory.resolve("old.json"), "{}");
    Path none = directory.resolve("new.json");

    assertThat(live(old)).isEqualTo(1);
    assertThat(live(none)).isEqualTo(1);

    assertThat(err.toString()).contains("topic signal.calibration is not found");
    assertThat(old).hasContent("{}");
    assertThat(none).doesNotExist();
  }
}
