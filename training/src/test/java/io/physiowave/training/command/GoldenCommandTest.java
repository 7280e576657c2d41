package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.physiowave.connectors.command.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
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

  private static int golden(StringWriter text, String config, Path data, Path output) {
    PrintWriter out = new PrintWriter(text);
    return CommandRunner.run(
        new GoldenCommand(),
        out,
        out,
        "--config=" + config,
        "--checkpoint=" + SET + ".pth",
        "--data=" + data,
        "--output=" + output);
  }

  @Test
  void takesFromTheWeightsWhatTheConfigurationLeavesOpen(@TempDir Path folder) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("open.json"),
            "{\"num_heads\": 2, \"pooling\": \"last\", \"importance_ratio\": 0.5, \"mask_ratio\": 0.15}");
    StringWriter text = new StringWriter();
    assertThat(golden(text, config.toString(), Path.of(SET + ".h5"), folder.resolve("out.h5")))
        .as(text.toString())
        .isZero();
  }

  @Test
  void takesNoWeightsOfAnotherShape(@TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("wide.json"), "{\"embed_dim\": 48}");
    StringWriter text = new StringWriter();
    assertThat(golden(text, config.toString(), Path.of(SET + ".h5"), folder.resolve("out.h5")))
        .isEqualTo(CommandRunner.FAILURE);
    assertThat(text.toString().lines()).hasSize(1);
    assertThat(text.toString()).contains("wide.json with", "reads 24 features", "embed_dim 48");
    assertThat(folder.resolve("out.h5")).doesNotExist();
  }

  @Test
  void keepsTheReferences(@TempDir Path folder) throws IOException {
    Path data = Files.copy(Path.of(SET + ".h5"), folder.resolve("data.h5"));
    StringWriter text = new StringWriter();
    assertThat(golden(text, SET + ".json", data, data)).isEqualTo(CommandRunner.USAGE);
    assertThat(text.toString()).contains("which is read; name another file");
    assertThat(data).hasSameBinaryContentAs(Path.of(SET + ".h5"));
  }
}
