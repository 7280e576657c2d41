package io.physiowave.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.connectors.logging.LogFields;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code deploy/flink/log4j-console.properties}, in a process of its own. */
class FlinkLogTest {
  /** Logs two lines, one of which is two. */
  public static final class TwoLines {
    public static void main(String[] arguments) {
      Logger log = LoggerFactory.getLogger(TwoLines.class);
      LogFields.ofStream("arm-1", "morning", () -> log.warn("refused"));
      LogFields.ofModel("beats", "2", () -> log.info("one\ntwo"));
      LoggerFactory.getLogger("org.apache.kafka.clients.Metadata").info("not worth a line");
    }
  }

  @Test
  void jsonHasStreamSessionAndModel() throws Exception {
    List<String> lines = run("json");

    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("log.level").asText()).isEqualTo("WARN");
    assertThat(first.get("message").asText()).isEqualTo("refused");
    assertThat(first.get("stream").asText()).isEqualTo("arm-1");
    assertThat(first.get("session").asText()).isEqualTo("morning");
    assertThat(first.get("service.name").asText()).isEqualTo("physiowave-job");
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.get("message").asText()).isEqualTo("one\ntwo");
    assertThat(second.get("model").asText()).isEqualTo("beats 2");
    assertThat(second.has("stream")).isFalse();
  }

  @Test
  void textHasALineAMessageWhateverIsInIt() throws Exception {
    List<String> lines = run("text");

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains(" WARN ").endsWith("- refused");
    assertThat(lines.get(1)).contains(" INFO ").endsWith("- one\\ntwo");
  }

  private static List<String> run(String format) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlog4j2.configurationFile="
                    + MonitoringFiles.ROOT.resolve("deploy/flink/log4j-console.properties"),
                "-cp",
                System.getProperty("java.class.path"),
                TwoLines.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("PHYSIOWAVE_LOG_FORMAT", format);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
