package io.physiowave.streaming.options;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Topics and clients.
 *
 * @param bootstrapServers brokers to ask first, host:port separated by commas
 * @param groupId consumer group
 * @param start where a job without checkpoint begins
 * @param framesTopic topic read
 * @param labelsTopic topic of labels, at least once
 * @param rejectedTopic topic of refused frames
 * @param audit whether labels also go to the audit topic
 * @param auditTopic topic of labels, exactly once
 * @param transactionIdPrefix prefix of the audit sink's transactions
 * @param transactionTimeout after which the broker aborts an open transaction
 * @param eventsTopic topic of onsets and offsets
 * @param rhythmsTopic topic of rhythm summaries
 * @param shadowTopic topic of labels of models that run beside the serving ones
 * @param modelsTopic topic that says which models serve; absent when they never change
 * @param modelsStatusTopic topic that says what became of a change
 * @param calibrationTopic topic with calibrations of streams; absent without
 * @param properties further client properties
 */
public record KafkaOptions(
    String bootstrapServers,
    String groupId,
    StartingOffsets start,
    String framesTopic,
    String labelsTopic,
    String rejectedTopic,
    boolean audit,
    String auditTopic,
    String transactionIdPrefix,
    Duration transactionTimeout,
    String eventsTopic,
    String rhythmsTopic,
    String shadowTopic,
    Optional<String> modelsTopic,
    String modelsStatusTopic,
    Optional<String> calibrationTopic,
    Map<String, String> properties) {

  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,:]+:\\d{1,5}(\\s*,\\s*[^\\s,:]+:\\d{1,5})*");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  public KafkaOptions {
    properties = Map.copyOf(properties);
    Problems problems = new Problems();
    problems.require(
        SERVERS.matcher(bootstrapServers).matches() || bootstrapServers.startsWith("["),
        "kafka.bootstrap-servers is '%s'; expected host:port separated by commas",
        bootstrapServers);
    problems.require(!groupId.isBlank(), "kafka.group-id is blank; expected a name");
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("kafka.frames-topic", framesTopic);
    topics.put("kafka.labels-topic", labelsTopic);
    topics.put("kafka.rejected-topic", rejectedTopic);
    topics.put("kafka.audit-topic", auditTopic);
    topics.put("kafka.events-topic", eventsTopic);
    topics.put("kafka.rhythms-topic", rhythmsTopic);
    topics.put("kafka.shadow-topic", shadowTopic);
    modelsTopic.ifPresent(topic -> topics.put("kafka.models-topic", topic));
    topics.put("kafka.models-status-topic", modelsStatusTopic);
    calibrationTopic.ifPresent(topic -> topics.put("kafka.calibration-topic", topic));
    topics.forEach(
        (key, topic) ->
            problems.require(
                TOPIC.matcher(topic).matches(),
                "%s is '%s'; expected 1 to 249 of the characters A-Z a-z 0-9 . _ -",
                key,
                topic));
    problems.require(
        topics.values().stream().distinct().count() == topics.size(),
        "kafka topics are %s; expected each once, or the job would read what it writes",
        topics.values());
    problems.require(
        !transactionIdPrefix.isBlank(), "kafka.transaction-id-prefix is blank; expected a name");
    problems.require(
        transactionTimeout.toMillis() >= 1_000 && transactionTimeout.toDays() < 24,
        "kafka.transaction-timeout is %s ms; expected 1s to less than 24d",
        transactionTimeout.toMillis());
    problems.throwIfAny();
  }
}
