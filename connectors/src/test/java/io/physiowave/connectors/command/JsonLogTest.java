package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.testing.TestBroker;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway as a process of its own, as a log collector sees it. */
class JsonLogTest {
  @TempDir Path directory;

  @Test
  void every_line_of_a_gateway_is_an_object_with_stream_and_session() throws Exception {
    try (TestBroker broker = TestBroker.start(directory.resolve("kafka"))) {
      assertThat(simulate("json", broker.bootstrapServers())).isZero();
    }

    assertThat(Files.readString(directory.resolve("out"))).isEmpty();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("err"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines)
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(line.get("stream").asText()).isEqualTo("arm-1");
              assertThat(line.get("session").asText()).isEqualTo("morning");
              assertThat(line.get("service.name").asText()).isEqualTo("physiowave-gateway");
              assertThat(line.get("log.level").asText()).isEqualTo("INFO");
              assertThat(line.get("@timestamp").asText()).endsWith("Z");
            });
    assertThat(lines.get(0).get("message").asText()).startsWith("Playing ");
    assertThat(lines.get(1).get("message").asText()).startsWith("Sent 20 frames");
  }

  @Test
  void a_format_that_is_none_is_refused() throws Exception {
    assertThat(simulate("xml", "localhost:1")).isEqualTo(CommandRunner.USAGE);
    assertThat(Files.readString(directory.resolve("err")).strip())
        .isEqualTo("PHYSIOWAVE_LOG_FORMAT is 'xml'; expected text or json");
  }

  private int simulate(String format, String bootstrapServers) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulateCommand.class.getName(),
                "emg",
                "--seconds",
                "1",
                "--speed",
                "max",
                "--stream-id",
                "arm-1",
                "--session-id",
                "morning",
                "--bootstrap-servers",
                bootstrapServers)
            .redirectOutput(new File(directory.toFile(), "out"))
            .redirectError(new File(directory.toFile(), "err"));
    process.environment().put(CommandLogging.FORMAT_VARIABLE, format);
    return process.start().waitFor();
  }
}
