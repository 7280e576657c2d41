package io.physiowave.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The commands on a small load, with the real broker, Flink and a shipped model. */
class MeasurementIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static String model() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    return folder.resolve("models/emg-gestures.onnx").toString();
  }

  private JsonNode run(String... arguments) throws Exception {
    int code =
        CommandRunner.run(
            new BenchCommand(), new PrintWriter(out), new PrintWriter(err), arguments);
    assertThat(code).as(err.toString()).isEqualTo(CommandRunner.SUCCESS);
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void streamReportsJobAndBareSessionSideBySide() throws Exception {
    JsonNode report =
        run(
            "stream",
            "--model",
            model(),
            "--streams",
            "5",
            "--rounds",
            "1",
            "--warm-up",
            "1",
            "--seconds",
            "1",
            "--parallelism",
            "1",
            "--json");

    for (String figure :
        new String[] {
          "windowsPerSecond",
          "bareWindowsPerSecond",
          "ratio",
          "perRecordWindowsPerSecond",
          "perRecordSameThreadsWindowsPerSecond",
          "framesPerSecondPerCore",
          "samplesPerSecondPerCore"
        }) {
      assertThat(report.path(figure).asDouble()).as(figure).isPositive();
    }
    assertThat(report.path("nearFree").path("windowsPerSecond").asDouble()).isPositive();
    assertThat(report.path("labelsExpected").asLong()).isPositive();
    assertThat(report.path("parallelism").asInt()).isEqualTo(1);
    assertThat(report.has("allCores")).isFalse();
  }

  @Test
  void latencyReportsPercentilesInOrder() throws Exception {
    JsonNode report =
        run(
            "latency",
            "--model",
            model(),
            "--streams",
            "5",
            "--also",
            "2",
            "--warm-up",
            "1",
            "--seconds",
            "1",
            "--rounds",
            "2",
            "--load",
            "0.3",
            "--parallelism",
            "1",
            "--checkpoint-seconds",
            "1",
            "--json");

    JsonNode with = report.path("latencyMillis").path("withCheckpoints");
    assertThat(with.path("count").asLong()).isPositive();
    assertThat(with.path("p50").asLong()).isBetween(0L, with.path("p99").asLong());
    assertThat(with.path("p99").asLong()).isLessThanOrEqualTo(with.path("max").asLong());
    assertThat(report.path("latencyMillis").path("withoutCheckpoints").path("count").asLong())
        .isPositive();
    assertThat(report.path("byStreams")).hasSize(1);
    JsonNode two = report.path("byStreams").path(0);
    assertThat(two.path("streams").asInt()).isEqualTo(2);
    assertThat(two.path("latencyMillis").path("count").asLong()).isPositive();
    assertThat(two.path("withoutCheckpoints").path("count").asLong()).isPositive();
    assertThat(report.path("p99Spread").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(report.path("p99SpreadWithoutCheckpoints").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(report.path("rounds").asInt()).isEqualTo(2);
  }

  @Test
  void gatewayReportsBothDoorsAndListeners() throws Exception {
    JsonNode report =
        run(
            "gateway",
            "--devices",
            "3",
            "--listeners",
            "2",
            "--warm-up",
            "1",
            "--seconds",
            "1",
            "--load",
            "0.3",
            "--json");

    for (String door : new String[] {"webSocket", "http"}) {
      JsonNode figures = report.path(door);
      assertThat(figures.path("samplesPerSecond").asDouble())
          .isEqualTo(
              figures.path("framesPerSecond").asDouble() * report.path("samplesPerFrame").asInt());
      assertThat(figures.path("gatewayCpuMicrosPerFrame").asDouble()).as(door).isPositive();
      assertInOrder(figures.path("answerMillis"));
    }
    assertThat(report.path("samplesPerFrame").asInt()).isEqualTo(80);
    JsonNode labels = report.path("labels");
    assertThat(labels).hasSize(1);
    assertThat(labels.path(0).path("listeners").asInt()).isEqualTo(2);
    assertThat(labels.path(0).path("labelsPerSecond").asDouble()).isPositive();
    assertThat(labels.path(0).path("gatewayCpuMicrosPerLabel").asDouble()).isPositive();
    assertInOrder(labels.path(0).path("receiptMillis"));
  }

  private static void assertInOrder(JsonNode millis) {
    assertThat(millis.path("count").asLong()).isPositive();
    assertThat(millis.path("p50").asDouble()).isBetween(0.0, millis.path("p95").asDouble());
    assertThat(millis.path("p95").asDouble()).isLessThanOrEqualTo(millis.path("p99").asDouble());
    assertThat(millis.path("p99").asDouble()).isLessThanOrEqualTo(millis.path("max").asDouble());
  }
}
