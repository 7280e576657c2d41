package io.physiowave.streaming.options;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * @param properties further client properties; none that another option sets
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

  /** Properties that options set, by the option's key. */
  private static final Map<String, String> SET_BY =
      new TreeMap<>(
          Map.of(
              "bootstrap.servers", "kafka.bootstrap-servers",
              "group.id", "kafka.group-id",
              "transaction.timeout.ms", "kafka.transaction-timeout",
              "transactional.id", "kafka.transaction-id-prefix"));

  private static final String MAXIMUM_REQUEST = "max.request.size";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

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
                "%s is '%s'; expected 1 to 249 of the characters A-Z a-z 0-9 . _ -, not . or .. alone",
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
    for (Map.Entry<String, String> set : SET_BY.entrySet()) {
      problems.require(
          !properties.containsKey(set.getKey()),
          "kafka.properties has %s; expected that in %s",
          set.getKey(),
          set.getValue());
    }
    String request = properties.getOrDefault(MAXIMUM_REQUEST, "0");
    problems.require(
        WHOLE_NUMBER.matcher(request).matches(),
        "kafka.properties has %s %s; expected bytes, a whole number below 1000000000",
        MAXIMUM_REQUEST,
        request);
    problems.throwIfAny();
  }

  /** Without what further properties say: among them may be passwords. */
  @Override
  public String toString() {
    return "KafkaOptions[bootstrapServers="
        + bootstrapServers
        + ", groupId="
        + groupId
        + ", framesTopic="
        + framesTopic
        + ", labelsTopic="
        + labelsTopic
        + ", properties of "
        + new TreeSet<>(properties.keySet())
        + "]";
  }
}
