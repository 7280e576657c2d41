package io.physiowave.streaming.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.options.KafkaOptions;
import io.physiowave.streaming.testing.LoggedLines;
import io.physiowave.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are missing, and transactions that fail, when a job is submitted. */
class KafkaReachIT {
  private static final Duration CHECKPOINTS = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  private static KafkaOptions options(TestBroker broker, String... flags) {
    Map<String, String> given = new HashMap<>();
    given.put("--bootstrap-servers", broker.bootstrapServers());
    for (int i = 0; i < flags.length; i += 2) {
      given.put(flags[i], flags[i + 1]);
    }
    return JobOptions.read(Optional.empty(), Map.of(), given).kafka();
  }

  private static void create(TestBroker broker, String... topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      for (String topic : topics) {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      }
    }
  }

  @Test
  void areNamedWithTheCommandWhereBrokersCreateNone() throws Exception {
    try (TestBroker broker = TestBroker.start(directory)) {
      assertThatThrownBy(() -> KafkaReach.check(options(broker), CHECKPOINTS, PATIENCE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Kafka at %s has no topic signal.frames, which the job reads; create it first: "
                  + "kafka-topics.sh --bootstrap-server %s --create --topic signal.frames --config"
                  + " cleanup.policy=delete --config message.timestamp.type=LogAppendTime",
              broker.bootstrapServers(), broker.bootstrapServers());

      // What a job of the first release had.
      create(broker, "signal.frames", "signal.labels", "signal.rejected", "signal.models");
      create(broker, "signal.models.status");
      KafkaOptions options = options(broker, "--models-topic", "signal.models");
      assertThatThrownBy(() -> KafkaReach.check(options, CHECKPOINTS, PATIENCE))
          .hasMessageContaining(
              "has no topic signal.labels.shadow, signal.events, signal.rhythms, which the job"
                  + " writes; create it first: ")
          .hasMessageContaining("--create --topic signal.labels.shadow --config")
          .hasMessageContaining(" && kafka-topics.sh ");

      create(broker, "signal.labels.shadow", "signal.events", "signal.rhythms");
      KafkaReach.check(options, CHECKPOINTS, PATIENCE);
      assertThatThrownBy(
              () -> KafkaReach.check(options(broker, "--audit", "true"), CHECKPOINTS, PATIENCE))
          .hasMessageContaining("has no topic signal.labels.audit, which the job writes");
    }
  }

  @Test
  void transactionsThatBrokersDoNotTakeOrThatAnotherJobHasAreToldBeforeAnythingStarts()
      throws Exception {
    try (TestBroker broker = TestBroker.start(directory, true)) {
      create(broker, "signal.frames", "signal.labels.audit");
      assertThatThrownBy(
              () ->
                  KafkaReach.check(
                      options(broker, "--audit", "true", "--transaction-timeout", "16min"),
                      CHECKPOINTS,
                      PATIENCE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "kafka.transaction-timeout is 960000 ms; the brokers at %s take at most 900000 ms:"
                  + " set it lower, or their transaction.max.timeout.ms higher",
              broker.bootstrapServers());

      KafkaOptions options =
          options(broker, "--audit", "true", "--transaction-id-prefix", "other-audit");
      try (LoggedLines lines = LoggedLines.of(AuditTransactions.class)) {
        KafkaReach.check(options, CHECKPOINTS, PATIENCE);
        assertThat(lines.texts()).isEmpty();
        try (KafkaProducer<byte[], byte[]> other = transaction(broker, "other-audit-0-1");
            KafkaProducer<byte[], byte[]> longer = transaction(broker, "other-audit-b-0-1")) {
          KafkaReach.check(options, CHECKPOINTS, PATIENCE);
          assertThat(lines.texts()).hasSize(2);
          assertThat(lines.texts().get(0))
              .startsWith("transactions [other-audit-0-1] are open;")
              .containsPattern("wait up to \\d+ s");
          assertThat(lines.texts().get(1))
              .startsWith("transactions [other-audit-0-1] are open.")
              .contains("kafka.transaction-id-prefix other-audit,");
          other.abortTransaction();
          longer.abortTransaction();
        }
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> transaction(TestBroker broker, String id)
      throws Exception {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                id,
                "transaction.timeout.ms",
                900_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("signal.labels.audit", new byte[] {1})).get();
    return producer;
  }

  @Test
  void areCreatedWhereBrokersWouldUnlessTheJobReadsThem() throws Exception {
    try (TestBroker broker = TestBroker.start(directory, true)) {
      assertThatThrownBy(() -> KafkaReach.check(options(broker), CHECKPOINTS, PATIENCE))
          .hasMessageContaining("has no topic signal.frames, which the job reads");

      create(broker, "signal.frames", "signal.models");
      KafkaReach.check(options(broker, "--models-topic", "signal.models"), CHECKPOINTS, PATIENCE);

      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        Set<String> topics = admin.listTopics().names().get();
        assertThat(topics)
            .containsExactlyInAnyOrder(
                "signal.frames",
                "signal.models",
                "signal.models.status",
                "signal.labels",
                "signal.labels.shadow",
                "signal.events",
                "signal.rhythms",
                "signal.rejected");
        ConfigResource status =
            new ConfigResource(ConfigResource.Type.TOPIC, "signal.models.status");
        assertThat(
                admin
                    .describeConfigs(List.of(status))
                    .all()
                    .get()
                    .get(status)
                    .get("cleanup.policy")
                    .value())
            .isEqualTo("compact");
      }
    }
  }
}
