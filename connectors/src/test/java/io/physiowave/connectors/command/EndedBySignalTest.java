package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.SignalFrameDeserializer;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A gateway as a process of its own that is told to end while it plays. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process is ended without being told")
class EndedBySignalTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;

  @Test
  void it_sends_the_end_of_its_session_and_says_what_it_sent() throws Exception {
    try (TestBroker broker = TestBroker.start(directory.resolve("kafka"))) {
      SimulateProcess process = simulate(broker);
      List<SignalFrame> frames = new ArrayList<>();
      try (KafkaConsumer<String, SignalFrame> consumer = consumer(broker)) {
        consumer.subscribe(List.of(SignalTopic.FRAMES.topicName()));
        await().atMost(PATIENCE).until(() -> poll(consumer, frames).size() > 5);
        end(process);
        await()
            .atMost(PATIENCE)
            .until(() -> poll(consumer, frames).stream().anyMatch(SignalFrame::endOfSession));
      }
      assertThat(process.out()).contains("Stopped after " + frames.size() + " frames");
      assertThat(process.err()).isEmpty();
    }
  }

  @Test
  void it_says_that_frames_may_be_lost_where_kafka_is_away() throws Exception {
    try (TestBroker broker = TestBroker.start(directory.resolve("kafka"))) {
      SimulateProcess process = simulate(broker);
      await().atMost(PATIENCE).until(() -> process.out().contains("Playing"));
      broker.shutDown();
      try {
        end(process);
      } finally {
        broker.startUp();
      }
      assertThat(process.err()).contains("frames were not confirmed").contains("some may be lost");
    }
  }

  private static void end(SimulateProcess process) throws InterruptedException {
    process.terminate();
    assertThat(process.end()).isNotZero();
  }

  private SimulateProcess simulate(TestBroker broker) throws IOException {
    return SimulateProcess.start(
        directory, "", "ecg", "--bootstrap-servers", broker.bootstrapServers());
  }

  private static KafkaConsumer<String, SignalFrame> consumer(TestBroker broker) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            "ended",
            "auto.offset.reset",
            "earliest",
            "metadata.max.age.ms",
            1000),
        new StringDeserializer(),
        new SignalFrameDeserializer());
  }

  private static List<SignalFrame> poll(
      KafkaConsumer<String, SignalFrame> consumer, List<SignalFrame> frames) {
    consumer.poll(Duration.ofSeconds(1)).forEach(record -> frames.add(record.value()));
    return frames;
  }
}
