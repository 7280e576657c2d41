package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenCommandTest {
  private static final String SET = "src/test/resources/golden/pos1d-small";

  @Test
  void writesTheLayoutOfTheReferences(@TempDir Path folder) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Path file = folder.resolve("out.h5");
    int code =
        CommandRunner.run(
            new GoldenCommand(),
            out,
            out,
            "--config=" + SET + ".json",
            "--checkpoint=" + SET + ".pth",
            "--data=" + SET + ".h5",
            "--output=" + file);
    assertThat(text.toString()).contains("logits").contains("wrote " + file);
    assertThat(code).isZero();
    try (HdfFile written = new HdfFile(file);
        HdfFile reference = new HdfFile(Path.of(SET + ".h5"))) {
      assertThat(written.getDatasetByPath("golden/logits").getDimensions())
          .isEqualTo(reference.getDatasetByPath("golden/logits").getDimensions());
      assertThat((String[]) written.getDatasetByPath("golden/after_adamw_sum/names").getData())
          .contains("encoder.norm.bias");
    }
  }
}
