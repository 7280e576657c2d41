package io.physiowave.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.wfdb.AnnotationReader;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotation;
import io.physiowave.connectors.simulate.EcgLead;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.quickstart.testing.TestRecords;
import io.physiowave.quickstart.testing.TinyModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole command with a real broker, a real Flink cluster, real HTTP and a tiny model. */
class DemoCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private static Path shared;
  private static String models;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final StopSignal stop = new StopSignal();

  @BeforeAll
  static void writeModels() throws IOException {
    models = TinyModels.ecg(shared) + "," + TinyModels.emg(shared);
  }

  private int demo(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--no-browser"));
    for (String option : List.of("--port", "--flink-port", "--kafka-port", "--models")) {
      if (!List.of(arguments).contains(option)) {
        all.add(option + "=" + (option.equals("--models") ? models : "0"));
      }
    }
    all.addAll(List.of(arguments));
    return CommandRunner.run(
        new DemoCommand(stop),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        all.toArray(String[]::new));
  }

  private static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  @Nested
  class WithSimulatedGateways {

    @Test
    void showsEveryStreamLiveAndSumsUpWhenItIsStopped() throws Exception {
      Path report = directory.resolve("deep/report.json");
      CompletableFuture<Integer> running =
          CompletableFuture.supplyAsync(
              () -> demo("--ecg-streams=1", "--emg-streams=1", "--report", report.toString()));
      await().atMost(PATIENCE).until(() -> out.toString().contains("Models") || running.isDone());
      assertThat(running).as(() -> out + "\n" + err).isNotDone();
      String page = address("Live page");
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> labelled(JSON.readTree(get(page + "/api/streams"))) == 2);

      assertThat(get(page)).contains("<title>PhysioWave Stream</title>");
      assertThat(get(address("Flink") + "/jobs/overview")).contains("physiowave-stream");
      stop.raise();

      assertThat(running.get(5, TimeUnit.MINUTES)).isZero();
      assertThat(err.toString()).isEmpty();
      assertThat(out.toString())
          .contains("agrees with the truth")
          .containsPattern("(?m)^emg-1 +\\d+ ")
          .contains("First label");
      assertReport(json(report), "ecg-1", "emg-1");
    }

    private String address(String name) {
      Matcher line = Pattern.compile(name + " +(http://\\S+)").matcher(out.toString());
      assertThat(line.find()).as(out + "\n" + err).isTrue();
      return line.group(1);
    }

    private static int labelled(JsonNode state) {
      int count = 0;
      for (JsonNode stream : state.path("streams")) {
        count += stream.path("labels").isEmpty() ? 0 : 1;
      }
      return count;
    }

    private static String get(String address) throws Exception {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static void assertReport(JsonNode report, String... streams) {
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly("timeToFirstLabelSeconds", "streams");
    assertThat(report.path("timeToFirstLabelSeconds").isNumber()).isTrue();
    assertThat(report.path("streams"))
        .extracting(stream -> stream.path("stream").asText())
        .containsExactly(streams);
    for (JsonNode stream : report.path("streams")) {
      assertThat(stream.fieldNames())
          .toIterable()
          .containsExactly(
              "stream",
              "modality",
              "framesSent",
              "framesProcessed",
              "framesRejected",
              "windows",
              "labels",
              "latencyMillis");
      assertThat(stream.path("framesSent").asLong())
          .isPositive()
          .isEqualTo(
              stream.path("framesProcessed").asLong() + stream.path("framesRejected").asLong());
      assertThat(stream.path("windows").asLong()).isPositive();
      assertThat(stream.path("labels")).isNotEmpty();
      assertThat(stream.path("latencyMillis").fieldNames())
          .toIterable()
          .containsExactly("p50", "p95", "p99", "max");
    }
  }

  @Nested
  class WithARecording {

    @Test
    void playsItToItsEndAndWritesEveryLabelAndBeat() throws Exception {
      List<RecordingAnnotation> truth =
          TestRecords.ecg(directory, "patient", 90, EcgLead.MLII, EcgLead.V1);
      Path labelsOut = directory.resolve("labels.jsonl");
      Path report = directory.resolve("report.json");

      int exitCode =
          demo(
              "--record",
              directory.resolve("patient").toString(),
              "--speed=max",
              "--labels-out",
              labelsOut.toString(),
              "--annotations-out",
              directory.resolve("out").toString(),
              "--report",
              report.toString());

      assertThat(exitCode).as(err.toString()).isZero();
      assertReport(json(report), "patient");
      // 90 s in frames of 50 ms.
      assertThat(json(report).path("streams").path(0).path("framesProcessed").asInt())
          .isEqualTo(1_800);
      List<LabelEvent> labels =
          Files.readAllLines(labelsOut).stream().map(LabelEventCodec::fromJson).toList();
      assertThat(labels).extracting(LabelEvent::id).doesNotHaveDuplicates();
      List<WfdbAnnotation> beats =
          AnnotationReader.read(directory.resolve("out/patient.pwb")).annotations();
      assertThat(beats).hasSameSizeAs(labels);
      assertFound(truth, beats);
    }

    private void assertFound(List<RecordingAnnotation> truth, List<WfdbAnnotation> beats) {
      List<Long> expected =
          truth.stream()
              .filter(known -> !known.label().equals("+"))
              .map(RecordingAnnotation::startSample)
              // The detector learns from the first seconds.
              .filter(sample -> sample > 5 * TestRecords.RATE_HZ)
              .toList();
      long found =
          expected.stream()
              .filter(
                  sample ->
                      beats.stream()
                          .anyMatch(
                              beat ->
                                  Math.abs(beat.sample() - sample) < 0.15 * TestRecords.RATE_HZ))
              .count();
      assertThat(found).isGreaterThanOrEqualTo(expected.size() * 95L / 100);
    }

    @Test
    void aWrongChecksumFoundOnTheWayEndsTheRunWithOneLine() throws Exception {
      TestRecords.ecg(directory, "patient", 5, EcgLead.MLII);
      Path header = directory.resolve("patient.hea");
      List<String> lines = new ArrayList<>(Files.readAllLines(header));
      lines.set(1, lines.get(1).replaceFirst("(\\S+ \\S+ \\S+ \\S+ \\S+ \\S+) \\S+", "$1 12345"));
      Files.write(header, lines);

      int exitCode = demo("--record", directory.resolve("patient").toString(), "--speed=max");

      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString()).contains("checksum").hasLineCount(1);
    }

    @Test
    void framesThatNoModelCanReadEndTheRunWithTheReason() throws Exception {
      TestRecords.ecg(directory, "patient", 5, EcgLead.V1);

      int exitCode = demo("--record", directory.resolve("patient").toString(), "--speed=max");

      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString())
          .contains("patient: every frame was refused")
          .contains("MLII")
          .hasLineCount(1);
    }
  }

  @Nested
  class RefusedBeforeAnythingStarts {

    @Test
    void aReportThatIsADirectory() {
      assertThat(demo("--report", directory.toString())).isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString())
          .contains("--report " + directory + " is a directory; expected a file")
          .hasLineCount(1);
      assertThat(out.toString()).isEmpty();
    }

    @Test
    void aDirectoryOfAnnotationsThatIsAFile() throws Exception {
      Path file = Files.writeString(directory.resolve("notes"), "mine");

      assertThat(demo("--annotations-out", file.toString())).isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString())
          .contains("--annotations-out " + file + " is a file; expected a directory")
          .hasLineCount(1);
      assertThat(file).hasContent("mine");
    }

    @Test
    void aMissingRecordWithOneLine() {
      assertThat(demo("--record", directory.resolve("nobody").toString())).isEqualTo(1);
      assertThat(err.toString()).startsWith("demo: ").contains("nobody").hasLineCount(1);
      assertThat(out.toString()).isEmpty();
    }

    @Test
    void aTruncatedRecordWithOneLine() throws Exception {
      TestRecords.ecg(directory, "patient", 10, EcgLead.MLII);
      Path signal;
      try (Stream<Path> files = Files.list(directory)) {
        signal = files.filter(file -> file.toString().endsWith(".dat")).findAny().orElseThrow();
      }
      byte[] bytes = Files.readAllBytes(signal);
      Files.write(signal, java.util.Arrays.copyOf(bytes, bytes.length / 2));

      assertThat(demo("--record", directory.resolve("patient").toString(), "--speed=max"))
          .isEqualTo(1);
      assertThat(err.toString()).contains("patient").hasLineCount(1);
    }

    @Test
    void anUnknownSignalFormatAndDebugShowsWhere() throws Exception {
      Files.writeString(
          directory.resolve("odd.hea"), "odd 1 360 10\nodd.dat 213 200 11 0 0 0 0 MLII\n");

      assertThat(demo("--debug", "--record", directory.resolve("odd").toString())).isEqualTo(1);
      assertThat(err.toString()).contains("213").contains("\tat io.physiowave.connectors");
    }

    @Test
    void aMissingModel() {
      assertThat(demo("--models", directory.resolve("none.onnx").toString())).isEqualTo(1);
      assertThat(err.toString()).contains("none.onnx").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--flink-port", "--kafka-port"})
    void aTakenPortByItsOption(String option) throws Exception {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        assertThat(demo(option, Integer.toString(socket.getLocalPort()))).isEqualTo(1);

        assertThat(err.toString())
            .contains("port " + socket.getLocalPort())
            .contains("choose another with " + option)
            .hasLineCount(1);
      }
    }
  }

  @Nested
  class RefusedAsBadUsage {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "--speed=fast",
          "--speed=0",
          "--duration=soon",
          "--duration=0s",
          "--subject=3",
          "--ecg-streams=-1",
          "--ecg-streams=0 --emg-streams=0",
          "--record=a --ecg-streams=1",
          "--unknown"
        })
    void withExitCode2(String arguments) {
      assertThat(demo(arguments.split(" "))).isEqualTo(CommandRunner.USAGE);
      assertThat(err.toString()).contains("Try 'physiowave demo --help'");
    }
  }
}
