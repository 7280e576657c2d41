package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.kafka.SignalFrameDeserializer;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.testing.CommandRun;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real broker. */
class ReplayCommandTest {
  @TempDir static Path directory;
  private static TestBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(directory.resolve("kafka"));
    CommandRun.of(
        new SimulateCommand(), "ecg", "--seconds", 20, "--output", directory.resolve("e1"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void a_record_and_a_simulation_become_streams_of_their_own() {
    CommandRun replay =
        CommandRun.of(
            new ReplayCommand(),
            directory.resolve("e1"),
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--speed",
            "max",
            "--seconds",
            15,
            "--channels",
            "V1");
    assertThat(replay.err()).isEmpty();
    assertThat(replay.out())
        .contains("as stream e1")
        .contains("Sent 300 frames of 15.0 s of signal");
    CommandRun simulation =
        CommandRun.of(
            new SimulateCommand(),
            "emg",
            "--seconds",
            2,
            "--speed",
            "max",
            "--stream-id",
            "arm",
            "--session-id",
            "one",
            "--bootstrap-servers",
            broker.bootstrapServers());
    assertThat(simulation.exitCode()).isZero();

    List<SignalFrame> frames = consumeUntilBothEnd();
    assertThat(frames)
        .filteredOn(frame -> frame.streamId().equals("e1"))
        .hasSize(300)
        .allMatch(frame -> frame.channels().equals(List.of("V1")))
        .last()
        .matches(SignalFrame::endOfSession);
    assertThat(frames)
        .filteredOn(frame -> frame.streamId().equals("arm"))
        .hasSize(40)
        .allMatch(frame -> frame.sessionId().equals("one") && frame.channels().size() == 8);
  }

  @Test
  void frames_that_brokers_take_and_the_job_refuses_end_the_replay() {
    // 8 channels at 1 kHz in 4 bytes: 1,024,000 bytes, of which Kafka takes 1,048,576.
    CommandRun run =
        CommandRun.of(
            new SimulateCommand(),
            "emg",
            "--seconds",
            64,
            "--frame-millis",
            32_000,
            "--speed",
            "max",
            "--stream-id",
            "long",
            "--bootstrap-servers",
            broker.bootstrapServers());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("simulate: the frame of stream long at sample 0 has 1024")
        .contains("expected at most 1000000: send shorter frames")
        .hasLineCount(1);
  }

  @Test
  void a_missing_recording_is_named_on_one_line() {
    CommandRun run = CommandRun.of(new ReplayCommand(), directory.resolve("nothing"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("replay: " + directory.resolve("nothing") + ": no such recording")
        .hasLineCount(1);
  }

  @Test
  void an_impossible_speed_is_bad_usage() {
    CommandRun run = CommandRun.of(new ReplayCommand(), "x", "--speed", "-3");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("speed is '-3'; expected a number above 0, or max");
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds, -1, --seconds is -1.0; expected a number above 0",
    "--seconds, 0, --seconds is 0.0; expected a number above 0",
    "--seconds, NaN, --seconds is NaN; expected a number above 0",
    "--channels, ',', '--channels names none; expected names separated by commas'"
  })
  void what_plays_nothing_or_more_than_was_asked_for_is_bad_usage(
      String option, String value, String message) {
    CommandRun run = CommandRun.of(new ReplayCommand(), directory.resolve("e1"), option, value);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("replay: " + message);
  }

  private static List<SignalFrame> consumeUntilBothEnd() {
    List<SignalFrame> frames = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            "replay-command",
            "auto.offset.reset",
            "earliest");
    Instant deadline = Instant.now().plusSeconds(180);
    try (KafkaConsumer<String, SignalFrame> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new SignalFrameDeserializer())) {
      consumer.subscribe(List.of(SignalTopic.FRAMES.topicName()));
      while (frames.stream().filter(SignalFrame::endOfSession).count() < 2) {
        assertThat(Instant.now()).as("both sessions complete").isBefore(deadline);
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> frames.add(record.value()));
      }
    }
    return frames;
  }
}
