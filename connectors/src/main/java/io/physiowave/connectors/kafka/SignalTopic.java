package io.physiowave.connectors.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of a deployment, by their default names. The broker dates all of their records. */
public enum SignalTopic {
  /** Frames of samples; key = stream id. */
  FRAMES("signal.frames", false),
  /** Refused frames as they came; the reason is in the header {@value #REASON_HEADER}. */
  REJECTED("signal.rejected", false),
  /** Labels at once, at least once; key = stream id. */
  LABELS("signal.labels", false),
  /** Labels exactly once, by transactions; key = stream id. */
  LABELS_AUDIT("signal.labels.audit", false),
  /** Onsets and offsets of episodes; key = stream id. */
  EVENTS("signal.events", false),
  /** Summaries of beats; key = stream id. */
  RHYTHMS("signal.rhythms", false),
  /** Labels of a model that runs beside the serving one; key = stream id. */
  LABELS_SHADOW("signal.labels.shadow", false),
  /** Which models are released and active; key = model name. */
  MODELS("signal.models", true),
  /** What became of a model change; key = model name. */
  MODELS_STATUS("signal.models.status", true),
  /** Calibration of one stream; key = stream id. */
  CALIBRATION("signal.calibration", true);

  /** Record header of {@link #REJECTED} that holds the reason, UTF-8. */
  public static final String REASON_HEADER = "reason";

  private final String topicName;
  private final boolean compacted;

  SignalTopic(String topicName, boolean compacted) {
    this.topicName = topicName;
    this.compacted = compacted;
  }

  /** The topic's name, e.g. {@code signal.frames}. */
  public String topicName() {
    return topicName;
  }

  /** Whether only the latest record of each key is kept. */
  public boolean isCompacted() {
    return compacted;
  }

  /** Topic settings, see Kafka's topic configuration. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    // Latency is the difference of two append times, never of a device's clock.
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return settings;
  }
}
