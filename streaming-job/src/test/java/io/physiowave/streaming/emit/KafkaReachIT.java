package io.physiowave.streaming.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.options.KafkaOptions;
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
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are missing when a job is submitted. */
class KafkaReachIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
      assertThatThrownBy(() -> KafkaReach.check(options(broker), PATIENCE))
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
      assertThatThrownBy(() -> KafkaReach.check(options, PATIENCE))
          .hasMessageContaining(
              "has no topic signal.labels.shadow, signal.events, signal.rhythms, which the job"
                  + " writes; create it first: ")
          .hasMessageContaining("--create --topic signal.labels.shadow --config")
          .hasMessageContaining(" && kafka-topics.sh ");

      create(broker, "signal.labels.shadow", "signal.events", "signal.rhythms");
      KafkaReach.check(options, PATIENCE);
      assertThatThrownBy(() -> KafkaReach.check(options(broker, "--audit", "true"), PATIENCE))
          .hasMessageContaining("has no topic signal.labels.audit, which the job writes");
    }
  }

  @Test
  void areCreatedWhereBrokersWouldUnlessTheJobReadsThem() throws Exception {
    try (TestBroker broker = TestBroker.start(directory, true)) {
      assertThatThrownBy(() -> KafkaReach.check(options(broker), PATIENCE))
          .hasMessageContaining("has no topic signal.frames, which the job reads");

      create(broker, "signal.frames", "signal.models");
      KafkaReach.check(options(broker, "--models-topic", "signal.models"), PATIENCE);

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
