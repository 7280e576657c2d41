package io.physiowave.streaming.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.testing.TopicReader;
import io.physiowave.streaming.types.TopicRecord;
import io.physiowave.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refused frames in a topic that takes shorter records than Kafka's producer. */
class RejectedRecordsIT {
  private static final int LIMIT = 8_000;
  private static final int NO_ROOM = 600;
  private static final byte[] KEY = "arm".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private static RejectedFrame refused(int valueBytes, String message) {
    return new RejectedFrame(
        new TopicRecord(KEY, new byte[valueBytes], 0, valueBytes, 0),
        RejectionReason.INVALID,
        message);
  }

  private static void write(TestBroker broker, String topic, RejectedFrame... frames)
      throws Exception {
    Map<String, String> flags =
        Map.of("--bootstrap-servers", broker.bootstrapServers(), "--rejected-topic", topic);
    JobOptions options = JobOptions.read(Optional.empty(), Map.of(), flags);
    Configuration once = new Configuration();
    once.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, once);
    env.fromData(List.of(frames), RejectedFrame.TYPE).sinkTo(KafkaEnds.rejected(options.kafka()));
    env.execute();
  }

  private static void create(TestBroker broker, String topic, int limit) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic created =
          new NewTopic(topic, 1, (short) 1)
              .configs(Map.of("max.message.bytes", Integer.toString(limit)));
      admin.createTopics(List.of(created)).all().get();
    }
  }

  @Test
  void goWithoutTheirValueWhereTheTopicDoesNotTakeIt() throws Exception {
    try (TestBroker broker = TestBroker.start(directory)) {
      create(broker, "short", LIMIT);
      write(broker, "short", refused(LIMIT - 100, "long"), refused(LIMIT - 1_000, "short enough"));

      try (TopicReader<byte[]> reader =
          new TopicReader<>(broker.bootstrapServers(), "short", new ByteArrayDeserializer())) {
        List<ConsumerRecord<byte[], byte[]>> records = reader.await(all -> all.size() == 2);
        assertThat(records.get(0).value()).isNull();
        assertThat(records.get(0).key()).isEqualTo(KEY);
        assertThat(reason(records.get(0)))
            .isEqualTo("long; the value of 7900 bytes is too long here and stands at its source");
        assertThat(records.get(1).value()).hasSize(LIMIT - 1_000);
        assertThat(reason(records.get(1))).isEqualTo("short enough");
      }
    }
  }

  @Test
  void areLeftOutWhereNotEvenTheReasonHasRoom() throws Exception {
    try (TestBroker broker = TestBroker.start(directory)) {
      create(broker, "tiny", NO_ROOM);
      write(broker, "tiny", refused(500, "x".repeat(500)), refused(1, "brief"));

      try (TopicReader<byte[]> reader =
          new TopicReader<>(broker.bootstrapServers(), "tiny", new ByteArrayDeserializer())) {
        assertThat(reader.await(all -> !all.isEmpty()))
            .singleElement()
            .satisfies(record -> assertThat(reason(record)).isEqualTo("brief"));
      }
    }
  }

  private static String reason(ConsumerRecord<byte[], byte[]> record) {
    return new String(
        record.headers().lastHeader(SignalTopic.REASON_HEADER).value(), StandardCharsets.UTF_8);
  }
}
