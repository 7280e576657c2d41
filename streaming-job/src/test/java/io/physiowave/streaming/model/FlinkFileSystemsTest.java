package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.streaming.command.JobCommand;
import io.physiowave.streaming.testing.TestFileSystem;
import io.physiowave.streaming.testing.TestModels;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.flink.core.fs.FileSystemFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, since what Flink knows of file systems belongs to the whole of one. */
class FlinkFileSystemsTest {
  @TempDir private Path plugins;
  @TempDir private Path models;
  private String model;

  private record Said(int exitCode, String text) {}

  @BeforeEach
  void writeModel() {
    model = TestFileSystem.address(TestModels.write(models, TestModels.ecg()));
  }

  @Test
  void aCommandReadsModelsThroughThePluginsOfFlink() throws Exception {
    writePlugin();

    Said said = check(true);
    assertThat(said.exitCode()).as(said.text()).isEqualTo(CommandRunner.SUCCESS);
    assertThat(said.text()).contains("ECG by ");
  }

  @Test
  void withoutThemItSaysThatTheSchemeIsUnknown() throws Exception {
    Said said = check(false);
    assertThat(said.exitCode()).isNotZero();
    assertThat(said.text()).contains(model, "scheme 'test-store'");
  }

  private Said check(boolean withPlugins) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                JobCommand.class.getName(),
                "--check",
                "--models",
                model)
            .redirectErrorStream(true);
    builder.environment().remove("FLINK_CONF_DIR");
    builder.environment().remove("FLINK_PLUGINS_DIR");
    if (withPlugins) {
      builder.environment().put("FLINK_PLUGINS_DIR", plugins.toString());
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  private void writePlugin() throws IOException {
    Path folder = Files.createDirectory(plugins.resolve("test-store"));
    String factory = TestFileSystem.class.getName();
    try (ZipOutputStream jar =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("test-store.jar")))) {
      jar.putNextEntry(new ZipEntry("META-INF/services/" + FileSystemFactory.class.getName()));
      jar.write(factory.getBytes(StandardCharsets.UTF_8));
      for (String name : new String[] {factory, factory + "$Store", factory + "$Held"}) {
        String entry = name.replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(entry));
        try (InputStream in = TestFileSystem.class.getResourceAsStream("/" + entry)) {
          in.transferTo(jar);
        }
      }
    }
  }
}
