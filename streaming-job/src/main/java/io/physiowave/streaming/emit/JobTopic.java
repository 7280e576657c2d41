package io.physiowave.streaming.emit;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.options.KafkaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A topic that a job with given options needs.
 *
 * @param name its name
 * @param kind what it holds
 */
record JobTopic(String name, SignalTopic kind) {

  /** All topics of a job, those that it reads first. */
  static List<JobTopic> of(KafkaOptions kafka) {
    List<JobTopic> topics = new ArrayList<>();
    topics.add(new JobTopic(kafka.framesTopic(), SignalTopic.FRAMES));
    kafka
        .modelsTopic()
        .ifPresent(
            models -> {
              topics.add(new JobTopic(models, SignalTopic.MODELS));
              topics.add(new JobTopic(kafka.modelsStatusTopic(), SignalTopic.MODELS_STATUS));
              topics.add(new JobTopic(kafka.shadowTopic(), SignalTopic.LABELS_SHADOW));
            });
    kafka
        .calibrationTopic()
        .ifPresent(topic -> topics.add(new JobTopic(topic, SignalTopic.CALIBRATION)));
    topics.add(new JobTopic(kafka.labelsTopic(), SignalTopic.LABELS));
    if (kafka.audit()) {
      topics.add(new JobTopic(kafka.auditTopic(), SignalTopic.LABELS_AUDIT));
    }
    topics.add(new JobTopic(kafka.eventsTopic(), SignalTopic.EVENTS));
    topics.add(new JobTopic(kafka.rhythmsTopic(), SignalTopic.RHYTHMS));
    topics.add(new JobTopic(kafka.rejectedTopic(), SignalTopic.REJECTED));
    return topics;
  }

  /** Whether the job reads it; it writes all others. */
  boolean isRead() {
    return kind == SignalTopic.FRAMES
        || kind == SignalTopic.MODELS
        || kind == SignalTopic.CALIBRATION;
  }

  /** Topic settings, see Kafka's topic configuration. */
  Map<String, String> settings() {
    return kind.settings();
  }

  /** The command that creates it, of those that come with Kafka. */
  String command(String bootstrapServers) {
    return "kafka-topics.sh --bootstrap-server "
        + bootstrapServers
        + " --create --topic "
        + name
        + settings().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining());
  }
}
