package io.physiowave.streaming.testing;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.kafka.LabelEventDeserializer;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.command.ModelsCommand;
import io.physiowave.streaming.options.JobOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** A job with topics of its own, what is sent to it and what it says. */
public final class TestJob implements AutoCloseable {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static final List<String> TOPICS =
      List.of(
          "frames",
          "labels",
          "rejected",
          "audit",
          "events",
          "rhythms",
          "shadow",
          "calibration",
          "models",
          "status");

  private final TestPlatform platform;
  private final String name;
  private final Map<String, String> flags = new HashMap<>();
  private final KafkaProducer<byte[], byte[]> producer;
  private JobID running;

  private TestJob(TestPlatform platform, String name) {
    this.platform = platform;
    this.name = name;
    String servers = platform.broker().bootstrapServers();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    with("--bootstrap-servers", servers);
    with("--group-id", name);
    with("--transaction-id-prefix", name);
    with("--start", "earliest");
    with("--checkpoint-interval", "1s");
    with("--parallelism", "3");
    with("--device", "cpu");
    TOPICS.stream()
        .filter(topic -> !topic.equals("models") && !topic.equals("status"))
        .forEach(topic -> with("--" + topic + "-topic", topic(topic)));
  }

  /** A job to be, whose topics of two partitions exist. */
  public static TestJob on(TestPlatform platform) throws Exception {
    return on(platform, "test" + TESTS.incrementAndGet(), 2);
  }

  /** A job to be, whose topics end with a name. */
  public static TestJob on(TestPlatform platform, String name, int partitions) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", platform.broker().bootstrapServers()))) {
      Stream<NewTopic> topics =
          TOPICS.stream().map(topic -> new NewTopic(topic + "." + name, partitions, (short) 1));
      TopicCreation.create(admin, topics.toList());
    }
    return new TestJob(platform, name);
  }

  /** Sets an option, or takes another value for it. */
  public TestJob with(String flag, String value) {
    flags.put(flag, value);
    return this;
  }

  /** Has the models change while the job runs. */
  public TestJob withModelChanges() {
    return with("--models-topic", topic("models")).with("--models-status-topic", topic("status"));
  }

  /** The full name of a topic, e.g. for {@code labels}. */
  public String topic(String kind) {
    return kind + "." + name;
  }

  /** All options. */
  public JobOptions options() {
    return JobOptions.read(Optional.empty(), Map.of(), flags);
  }

  /** Starts the job and returns when it runs. */
  public void start() throws Exception {
    running = platform.cluster().submit(options(), Optional.empty());
  }

  /** Starts the job from a savepoint. */
  public void start(String savepoint) throws Exception {
    running = platform.cluster().submit(options(), Optional.of(savepoint));
  }

  /** The job while it runs. */
  public JobID id() {
    return running;
  }

  /** Stops the job with a savepoint in a directory and returns the savepoint's path. */
  public String stopWithSavepoint(Path directory) throws Exception {
    String path = platform.cluster().stopWithSavepoint(running, directory.toUri().toString());
    running = null;
    return path;
  }

  /** Sends a frame. */
  public void send(SignalFrame frame) {
    send(frame.streamId(), SignalFrameCodec.encode(frame));
  }

  /** Sends a frame with a date of its own. */
  public void send(SignalFrame frame, long timestampMillis) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic("frames"),
                null,
                timestampMillis,
                frame.streamId().getBytes(StandardCharsets.UTF_8),
                SignalFrameCodec.encode(frame)));
  }

  /** Sends a record of the frames topic. */
  public void send(String key, byte[] value) {
    send("frames", key, value);
  }

  /** Sends a record of a topic. */
  public void send(String topic, String key, byte[] value) {
    send(topic, key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** Sends a record of a topic; key and value may be null. */
  public void send(String topic, byte[] key, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic(topic), key, value));
  }

  /** Returns when Kafka has all that was sent. */
  public void flush() {
    producer.flush();
  }

  /** Sends frames number [from, to) of every session, stream by stream in turns. */
  public void send(List<List<SignalFrame>> sessions, int from, int to) {
    for (int i = from; i < to; i++) {
      for (List<SignalFrame> session : sessions) {
        if (i < session.size()) {
          send(session.get(i));
        }
      }
    }
    flush();
  }

  /** Reads labels from {@code labels} or {@code audit}. */
  public TopicReader<LabelEvent> labels(String topic) {
    return reader(topic, new LabelEventDeserializer());
  }

  /** Reads the bytes of a topic. */
  public TopicReader<byte[]> bytes(String topic) {
    return reader(topic, new ByteArrayDeserializer());
  }

  /** Reads a topic. */
  public <T> TopicReader<T> reader(String topic, Deserializer<T> values) {
    return new TopicReader<>(platform.broker().bootstrapServers(), topic(topic), values);
  }

  /** Runs {@code physiowave models} for this job and returns what it says. */
  public String models(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(
        List.of(
            "--bootstrap-servers",
            platform.broker().bootstrapServers(),
            "--models-topic",
            topic("models"),
            "--models-status-topic",
            topic("status")));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    CommandRunner.run(new ModelsCommand(), writer, writer, line.toArray(String[]::new));
    writer.flush();
    return said.toString();
  }

  /** The ids of labels. */
  public static Set<String> ids(List<ConsumerRecord<byte[], LabelEvent>> records) {
    return records.stream().map(record -> record.value().id()).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    producer.close();
    if (running != null) {
      platform.cluster().cancel(running);
    }
  }
}
