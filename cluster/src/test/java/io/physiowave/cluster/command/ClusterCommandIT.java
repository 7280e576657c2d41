package io.physiowave.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.quickstart.embedded.LoopbackPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cluster of real processes from its start to its end. */
class ClusterCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private record Run(int exitCode, String out, String err) {}

  private Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(1, "--dir");
    all.add(2, directory.resolve("a cluster").toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        CommandRunner.run(
            new ClusterCommand(),
            new PrintWriter(out),
            new PrintWriter(err),
            all.toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }

  private static String shipped(String model) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root.resolve("models").resolve(model).toString();
  }

  private JsonNode status() throws IOException {
    return JSON.readTree(run("status", "--json").out());
  }

  /** On a busy machine no label may come for seconds, which is not well. */
  private JsonNode awaitHealthy() {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(this::status, status -> status.path("healthy").asBoolean());
  }

  private List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> handles = new ArrayList<>();
    for (JsonNode process : status().path("processes")) {
      ProcessHandle.of(process.path("pid").asLong()).ifPresent(handles::add);
    }
    return handles;
  }

  @AfterEach
  void takeDown() {
    run("down");
  }

  @Test
  void labels_flow_a_crash_is_reported_and_nothing_stays_behind() throws Exception {
    Run up =
        run(
            "up",
            "--taskmanagers",
            "1",
            "--slots",
            "1",
            "--gateways",
            "2",
            "--gateway-port",
            Integer.toString(LoopbackPort.claim(0, "the gateway", "--gateway-port")),
            "--model",
            shipped("emg-gestures.onnx"),
            "--patience",
            "600");
    assertThat(up.err()).isEmpty();
    assertThat(up.exitCode()).isZero();
    assertThat(up.out()).contains("Live page").contains("Waiting for labels");

    JsonNode healthy = awaitHealthy();
    assertThat(healthy.path("labelsPerSecond").asDouble()).isPositive();
    assertThat(healthy.at("/job/state").asText()).isEqualTo("RUNNING");
    assertThat(get(healthy.path("flink").asText() + "/")).contains("<html");
    String page = healthy.path("page").asText();
    await().atMost(PATIENCE).until(() -> get(page + "/health").contains("connected"));
    List<ProcessHandle> processes = processes();
    assertThat(processes).hasSize(8).allMatch(ProcessHandle::isAlive);

    assertThat(run("up").out()).contains("Running already: broker, gateway, gateway-1, gateway-2");
    assertThat(run("up", "--slots", "3").err()).contains("take it down first to change it");
    assertThat(run("up", "--model", shipped("ecg-beats.onnx")).err())
        .contains("emg-gestures.onnx runs already");

    assertThat(get(healthy.at("/metrics/jobmanager").asText()))
        .contains("flink_jobmanager_numRegisteredTaskManagers");
    assertThat(get(healthy.at("/metrics/taskmanager-1").asText()))
        .contains("flink_taskmanager_job_task_operator_physiowave_framesIn");

    String gateway = healthy.path("gateway").asText();
    await().atMost(PATIENCE).until(() -> get(gateway + "/healthz").contains("\"status\":\"ok\""));
    assertThat(send(gateway))
        .isEqualTo("{\"accepted\":{\"stream\":\"mine\",\"session\":\"1\",\"firstSampleIndex\":0}}");
    assertThat(get(healthy.at("/metrics/gateway").asText()))
        .contains("physiowave_gateway_accepted_frames_total 1.0");

    String job = healthy.at("/job/id").asText();
    await().atMost(PATIENCE).until(() -> status().at("/job/checkpointAgeSeconds").isNumber());
    kill(healthy, "jobmanager");
    Run lost = run("status");
    assertThat(lost.exitCode()).isEqualTo(1);
    assertThat(lost.out())
        .containsPattern("jobmanager +CRASHED +pid \\d+ +killed by SIGKILL")
        .contains("Not well: jobmanager crashed: killed by SIGKILL");
    Run again = run("up", "--patience", "600");
    assertThat(again.err()).isEmpty();
    assertThat(again.out())
        .contains("Starting jobmanager")
        .contains("Waiting for the job")
        .doesNotContain("Submitting");
    healthy = awaitHealthy();
    assertThat(healthy.at("/job/id").asText()).isEqualTo(job);

    kill(healthy, "taskmanager-1");
    Run crashed = run("status");
    assertThat(crashed.exitCode()).isEqualTo(1);
    assertThat(crashed.out())
        .containsPattern("taskmanager-1 +CRASHED +pid \\d+ +killed by SIGKILL")
        .contains("Not well: taskmanager-1 crashed: killed by SIGKILL");

    // So that the end of who runs a model is seen, too.
    assertThat(run("up", "--patience", "600").err()).isEmpty();
    awaitHealthy();
    processes = processes();
    Run down = run("down");
    assertThat(down.out()).isEqualTo("Ended 8 processes." + System.lineSeparator());
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    Path folder = directory.resolve("a cluster");
    // What the Java machine writes when native code fails: none of SIGTERM to who runs models.
    assertThat(folder.resolve("logs"))
        .isDirectoryNotContaining(file -> file.getFileName().toString().contains("hs_err"));
    assertThat(folder.resolve("tmp")).doesNotExist();
    assertThat(folder.resolve("recovery")).doesNotExist();
    try (Stream<Path> records = Files.list(folder.resolve("run"))) {
      assertThat(records).isEmpty();
    }
    assertThat(folder.resolve("logs/jobmanager.log")).isNotEmptyFile();
    assertThat(run("down").out()).contains("Nothing ran.");
  }

  private static void kill(JsonNode status, String name) {
    for (JsonNode process : status.path("processes")) {
      if (process.path("name").asText().equals(name)) {
        ProcessHandle handle = ProcessHandle.of(process.path("pid").asLong()).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
      }
    }
  }

  private static String send(String gateway) throws Exception {
    String frame =
        """
        {"streamId": "mine", "sessionId": "1", "modality": "ECG", "sampleRateHz": 250,
         "channels": ["II"], "unit": "mV", "samples": [[0.1, 0.2]]}
        """;
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(gateway + "/v1/frames"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(frame))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }
}
