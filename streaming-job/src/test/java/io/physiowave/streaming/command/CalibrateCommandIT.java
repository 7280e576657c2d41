package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.connectors.recording.emgtext.EmgTextWriter;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.connectors.replay.Replayer;
import io.physiowave.connectors.simulate.EmgSimulator;
import io.physiowave.connectors.simulate.EmgSimulatorOptions;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.streaming.testing.TopicReader;
import io.physiowave.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say and publish, for the shipped model and simulated arms. */
class CalibrateCommandIT {
  private static final Path MODEL =
      Path.of("../models/emg-gestures.onnx").toAbsolutePath().normalize();

  @TempDir static Path directory;
  private static TestBroker broker;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(directory.resolve("broker"), true);
    TopicCreation.createAll(broker.bootstrapServers(), 1, 1);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private int run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    return CommandRunner.run(
        new CalibrateCommand(),
        new PrintWriter(out),
        new PrintWriter(err),
        line.toArray(String[]::new));
  }

  private static EmgSimulator arm(long seed, int seconds) {
    return new EmgSimulator(EmgSimulatorOptions.of(seed).withSampleCount(seconds * 1000L));
  }

  private static List<ConsumerRecord<byte[], byte[]>> published(String topic, int records) {
    try (TopicReader<byte[]> reader =
        new TopicReader<>(broker.bootstrapServers(), topic, new ByteArrayDeserializer())) {
      return List.copyOf(reader.await(all -> all.size() >= records));
    }
  }

  @Test
  void aMarkedRecordingBecomesARecordAFileAndIsTakenBack() throws Exception {
    Path recording = directory.resolve("arm.txt");
    try (EmgSimulator arm = arm(3, 80)) {
      EmgTextWriter.write(recording, arm);
    }
    Path file = directory.resolve("left.json");

    assertThat(
            run(
                "recording",
                recording.toString(),
                "--stream",
                "left",
                "--model",
                MODEL.toString(),
                "--calibration-topic",
                "recorded",
                "--output",
                file.toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString())
        .contains("ulnar deviation", "told apart right by what the other rounds teach")
        .contains("emg-gestures now answers left with calibration ");

    assertThat(
            run("apply", file.toString(), "--stream", "right", "--calibration-topic", "recorded"))
        .as(err::toString)
        .isZero();
    assertThat(run("remove", "--stream", "left", "--calibration-topic", "recorded")).isZero();

    StreamCalibration written = StreamCalibrationJson.decode(Files.readAllBytes(file));
    List<ConsumerRecord<byte[], byte[]>> records = published("recorded", 3);
    assertThat(records)
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsOnly("left", "right");
    assertThat(records.stream().filter(record -> record.value() != null))
        .extracting(record -> StreamCalibrationJson.decode(record.value()))
        .containsExactlyInAnyOrder(written, written.forStream("right"));
    assertThat(records).filteredOn(record -> record.value() == null).hasSize(1);
  }

  @Test
  void aLiveSessionTellsTheWearerWhatToDoAndPublishes() throws Exception {
    Thread device =
        new Thread(
            () -> {
              try (EmgSimulator arm = arm(4, 3600);
                  KafkaFrameSink sink = KafkaFrameSink.connect(broker.bootstrapServers())) {
                new Replayer(ReplayOptions.of("arm", "s").withSpeed(30), sink).play(arm);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    device.start();
    try {
      assertThat(
              run(
                  "live",
                  "--stream",
                  "arm",
                  "--model",
                  MODEL.toString(),
                  "--calibration-topic",
                  "live",
                  "--rounds",
                  "1",
                  "--hold",
                  "1.5",
                  "--rest",
                  "0.5"))
          .as(err::toString)
          .isZero();
    } finally {
      device.interrupt();
      device.join();
    }
    assertThat(out.toString())
        .contains("arm for emg-gestures: 6 labels, 1 times each, about 12 s")
        .contains("round 1: get ready for rest", "hold wrist flexion for 1.5 s", "you can relax");
    StreamCalibration calibration =
        StreamCalibrationJson.decode(published("live", 1).get(0).value());
    assertThat(calibration.stream()).isEqualTo("arm");
    assertThat(calibration.labels())
        .allSatisfy(label -> assertThat(label.windows()).isBetween(8, 12));
  }

  @Test
  void aBrokerThatIsNotThereIsSaidBeforeTheWearerMakesAnEffort() {
    int code =
        CommandRunner.run(
            new CalibrateCommand(),
            new PrintWriter(out),
            new PrintWriter(err),
            "live",
            "--stream",
            "a",
            "--model",
            MODEL.toString(),
            "--bootstrap-servers",
            "localhost:1",
            "--kafka-property",
            "max.block.ms=300");

    assertThat(code).isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString())
        .startsWith("calibrate live: topic signal.calibration is not found; check the bootstrap")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatCannotBeDoneIsSaidInOneLine() throws Exception {
    Path recording = directory.resolve("short.txt");
    try (EmgSimulator arm = arm(5, 6)) {
      EmgTextWriter.write(recording, arm);
    }
    assertThat(run("recording", recording.toString(), "--stream", "a", "--model", MODEL.toString()))
        .isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString())
        .startsWith("calibrate recording: label '")
        .contains("expected at least 5 of each of [1, 2, 3, 4, 5, 6]")
        .hasLineCount(1);
    err.getBuffer().setLength(0);

    Path beats = MODEL.resolveSibling("ecg-beats.onnx");
    assertThat(run("recording", recording.toString(), "--stream", "a", "--model", beats.toString()))
        .isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString()).contains("model ecg-beats answers beats").hasLineCount(1);
    err.getBuffer().setLength(0);

    assertThat(run("apply", recording.toString(), "--stream", "a"))
        .isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString()).contains("short.txt: the text is no JSON").hasLineCount(1);
    err.getBuffer().setLength(0);

    assertThat(run("live", "--stream", "a", "--rounds", "0")).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).contains("--rounds is 0; expected 1 or more");
  }
}
