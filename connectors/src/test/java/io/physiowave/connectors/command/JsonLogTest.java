package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.testing.TestBroker;
import java.io.IOException;
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
    List<JsonNode> lines = new ArrayList<>();
    try (TestBroker broker = TestBroker.start(directory.resolve("kafka"))) {
      SimulateProcess process = simulate("json", broker.bootstrapServers());
      assertThat(process.end()).isZero();
      assertThat(process.out()).isEmpty();
      for (String line : process.err().lines().toList()) {
        lines.add(new ObjectMapper().readTree(line));
      }
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
    SimulateProcess process = simulate("xml", "localhost:1");
    assertThat(process.end()).isEqualTo(CommandRunner.USAGE);
    assertThat(process.err().strip())
        .isEqualTo("PHYSIOWAVE_LOG_FORMAT is 'xml'; expected text or json");
  }

  private SimulateProcess simulate(String format, String bootstrapServers) throws IOException {
    return SimulateProcess.start(
        directory,
        format,
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
        bootstrapServers);
  }
}
