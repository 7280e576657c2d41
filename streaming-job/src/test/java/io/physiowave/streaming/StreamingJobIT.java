package io.physiowave.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.kafka.LabelEventDeserializer;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.command.ModelsCommand;
import io.physiowave.streaming.emit.KafkaReach;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.TestBroker;
import io.physiowave.streaming.testing.TestCluster;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real broker and a Flink cluster whose parts are killed. */
class StreamingJobIT {
  private static final int STREAMS = 6;
  private static final int SAMPLES = 1_200;
  private static final int FRAME = 37;

  @TempDir static Path directory;
  private static TestBroker broker;
  private static TestCluster cluster;
  private static ServedModel model;
  private static ServedModel beats;

  private static int tests;
  private final Map<String, String> flags = new HashMap<>();
  private String prefix;
  private KafkaProducer<byte[], byte[]> producer;
  private JobID job;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(directory.resolve("kafka"));
    cluster = TestCluster.start(3, 1);
    model =
        ModelFile.read(TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString())
            .served();
    beats = ModelFile.read(TestModels.write(directory, TestModels.ecg()).toString()).served();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    broker.close();
  }

  @BeforeEach
  void configure() throws Exception {
    prefix = "test" + ++tests;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              Stream.of("frames.", "labels.", "rejected.", "audit.", "models.", "status.")
                  .map(topic -> new NewTopic(topic + prefix, 2, (short) 1))
                  .toList())
          .all()
          .get();
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    flags.put("--bootstrap-servers", broker.bootstrapServers());
    flags.put("--models", model.location() + "," + beats.location());
    flags.put("--group-id", prefix);
    flags.put("--frames-topic", "frames." + prefix);
    flags.put("--labels-topic", "labels." + prefix);
    flags.put("--rejected-topic", "rejected." + prefix);
    flags.put("--audit-topic", "audit." + prefix);
    flags.put("--transaction-id-prefix", prefix);
    flags.put("--start", "earliest");
    flags.put("--checkpoint-interval", "1s");
    flags.put("--parallelism", "3");
    flags.put("--device", "cpu");
  }

  @AfterEach
  void cancel() throws Exception {
    producer.close();
    if (job != null) {
      cluster.cancel(job);
    }
  }

  private JobID submit() throws Exception {
    return cluster.submit(JobOptions.read(Optional.empty(), Map.of(), flags), Optional.empty());
  }

  private void send(SignalFrame frame) {
    send(frame.streamId(), SignalFrameCodec.encode(frame));
  }

  private void send(String key, byte[] value) {
    var unused =
        producer.send(
            new ProducerRecord<>("frames." + prefix, key.getBytes(StandardCharsets.UTF_8), value));
  }

  private List<List<SignalFrame>> sessions() {
    List<List<SignalFrame>> sessions = new ArrayList<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      sessions.add(TestSignals.session("arm-" + stream, "session", SAMPLES, FRAME));
    }
    return sessions;
  }

  private static Map<String, String> expected(List<List<SignalFrame>> sessions) {
    Map<String, String> labels = new LinkedHashMap<>();
    sessions.forEach(session -> labels.putAll(ExpectedLabels.of(model, session)));
    return labels;
  }

  /** Sends frames number [from, to) of every session, stream by stream in turns. */
  private void send(List<List<SignalFrame>> sessions, int from, int to) {
    for (int i = from; i < to; i++) {
      for (List<SignalFrame> session : sessions) {
        if (i < session.size()) {
          send(session.get(i));
        }
      }
    }
    producer.flush();
  }

  private TopicReader<LabelEvent> labels(String topic) {
    return new TopicReader<>(
        broker.bootstrapServers(), topic + "." + prefix, new LabelEventDeserializer());
  }

  private static Set<String> ids(List<ConsumerRecord<byte[], LabelEvent>> records) {
    return records.stream().map(record -> record.value().id()).collect(Collectors.toSet());
  }

  @Test
  void everyWindowOfEveryStreamGetsItsLabel() throws Exception {
    job = submit();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    List<SignalFrame> heart = TestSignals.ecgSession("heart", "session", 5_000);
    Map<String, String> heartBeats = ExpectedLabels.of(beats, heart);
    assertThat(heartBeats).hasSizeGreaterThan(15);
    expected.putAll(heartBeats);
    sessions.add(heart);

    send(sessions, 0, 100);

    try (TopicReader<LabelEvent> reader = labels("labels")) {
      var records = reader.await(all -> ids(all).size() >= expected.size());
      Map<String, String> labels = new HashMap<>();
      for (var record : records) {
        LabelEvent label = record.value();
        labels.put(label.id(), label.label());
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(label.streamId());
        boolean isBeat = label.streamId().equals("heart");
        assertThat(label.model()).isEqualTo(isBeat ? beats.reference() : model.reference());
        assertThat(label.beatSample().isPresent()).isEqualTo(isBeat);
        assertThat(label.timing().lastSampleArrivalMicros()).isPositive();
        assertThat(label.windowStartMicros())
            .isEqualTo(
                TestSignals.START_MICROS
                    + Math.round(label.windowStartSample() * 1e6 / label.sampleRateHz()));
      }
      assertThat(labels).isEqualTo(expected);
      assertThat(labels.values()).contains("REST", "FIST", "WAVE");
    }
  }

  @Test
  void whatIsNoUsableFrameIsHandedBackWithTheReasonAndStopsNothing() throws Exception {
    job = submit();
    SignalFrame good = TestSignals.frame("arm", "session", 0, 100, true);
    byte[] noise = "hello".getBytes(StandardCharsets.UTF_8);

    send("arm", noise);
    send("leg", SignalFrameCodec.encode(good));
    send("arm", SignalFrameCodec.encode(good));
    producer.flush();

    try (TopicReader<byte[]> rejected =
            new TopicReader<>(
                broker.bootstrapServers(), "rejected." + prefix, new ByteArrayDeserializer());
        TopicReader<LabelEvent> reader = labels("labels")) {
      var records = rejected.await(all -> all.size() >= 2);
      assertThat(records)
          .anySatisfy(
              record -> {
                assertThat(record.value()).isEqualTo(noise);
                assertThat(header(record, "reason-code")).isEqualTo("invalid");
                assertThat(header(record, SignalTopic.REASON_HEADER))
                    .contains("not a protobuf SignalFrame");
                assertThat(header(record, "source-topic")).isEqualTo("frames." + prefix);
              })
          .anySatisfy(
              record -> {
                assertThat(header(record, "reason-code")).isEqualTo("wrong-key");
                assertThat(header(record, SignalTopic.REASON_HEADER))
                    .contains("'leg'")
                    .contains("'arm'");
              });
      assertThat(reader.await(all -> !all.isEmpty()).get(0).value().streamId()).isEqualTo("arm");
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aTaskManagerThatDiesInTheMiddleOfABatchCostsNoLabel() throws Exception {
    flags.put("--audit", "true");
    // Windows gather for long, so that some are always in a batch when the process dies.
    flags.put("--max-batch", "512");
    flags.put("--max-wait", "500ms");
    job = submit();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    int frames = sessions.get(0).size();

    send(sessions, 0, frames / 3);
    cluster.checkpoint(job);
    send(sessions, frames / 3, 2 * frames / 3);
    cluster.replaceTaskManager(0);
    cluster.awaitRestarted(job);
    send(sessions, 2 * frames / 3, frames);

    try (TopicReader<LabelEvent> atOnce = labels("labels");
        TopicReader<LabelEvent> audited = labels("audit")) {
      var fast = atOnce.await(all -> ids(all).size() >= expected.size());
      var audit = audited.await(all -> all.size() >= expected.size());
      assertThat(ids(fast)).isEqualTo(expected.keySet());
      assertThat(audit).hasSameSizeAs(expected.keySet());
      assertThat(ids(audit)).isEqualTo(expected.keySet());
      Map<String, String> labels = new HashMap<>();
      audit.forEach(record -> labels.put(record.value().id(), record.value().label()));
      assertThat(labels).isEqualTo(expected);
    }
  }

  @Test
  void aSavepointGoesOnAtAnotherParallelismWithoutLossOrRepetition() throws Exception {
    flags.put("--audit", "true");
    flags.put("--parallelism", "2");
    job = submit();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    int frames = sessions.get(0).size();

    send(sessions, 0, frames / 2);
    String savepoint =
        cluster.stopWithSavepoint(job, directory.resolve("savepoints").toUri().toString());
    flags.put("--parallelism", "3");
    job =
        cluster.submit(JobOptions.read(Optional.empty(), Map.of(), flags), Optional.of(savepoint));
    send(sessions, frames / 2, frames);

    try (TopicReader<LabelEvent> atOnce = labels("labels");
        TopicReader<LabelEvent> audited = labels("audit")) {
      assertThat(ids(atOnce.await(all -> ids(all).size() >= expected.size())))
          .isEqualTo(expected.keySet());
      var audit = audited.await(all -> all.size() >= expected.size());
      assertThat(audit).hasSameSizeAs(expected.keySet());
      assertThat(ids(audit)).isEqualTo(expected.keySet());
    }
  }

  @Test
  void aTopicThatIsMissingIsNamedBeforeTheJobStarts() {
    flags.put("--frames-topic", "nowhere");
    JobOptions options = JobOptions.read(Optional.empty(), Map.of(), flags);

    assertThatThrownBy(() -> KafkaReach.check(options.kafka(), Duration.ofSeconds(30)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Kafka at "
                + broker.bootstrapServers()
                + " has no topic nowhere, which the job reads; create it first");
  }

  @Test
  void aBrokerThatRestartsCostsNoLabel() throws Exception {
    flags.put("--audit", "true");
    job = submit();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    int frames = sessions.get(0).size();

    send(sessions, 0, frames / 2);
    broker.shutDown();
    broker.startUp();
    send(sessions, frames / 2, frames);

    try (TopicReader<LabelEvent> atOnce = labels("labels");
        TopicReader<LabelEvent> audited = labels("audit")) {
      assertThat(ids(atOnce.await(all -> ids(all).size() >= expected.size())))
          .isEqualTo(expected.keySet());
      var audit = audited.await(all -> all.size() >= expected.size());
      assertThat(audit).hasSameSizeAs(expected.keySet());
      assertThat(ids(audit)).isEqualTo(expected.keySet());
    }
  }

  @Test
  void modelsAreActivatedRefusedAndRolledBackUnderLoad() throws Exception {
    flags.put("--models-topic", "models." + prefix);
    flags.put("--models-status-topic", "status." + prefix);
    job = submit();
    // The second version calls everything WAVE, which tells its labels from the first's.
    Decision wave = new Decision(List.of(0.0, 0.0, 100.0), 0, 1);
    Path releases = Files.createDirectories(directory.resolve("releases"));
    Path second = TestModels.write(releases, TestModels.emg(wave, "2"));
    Load load = new Load();

    try (TopicReader<LabelEvent> reader = labels("labels")) {
      awaitVersion(reader, load, "1");

      assertThat(models("publish", model.location(), "--activate")).contains("test-emg 1 serves");
      assertThat(models("publish", second.toString())).contains("test-emg 2 is published");
      assertThat(models("activate", "test-emg", "2")).contains("test-emg 2 serves");
      awaitVersion(reader, load, "2");

      assertThat(models("publish", brokenModel().toString(), "--activate"))
          .contains("test-emg 3 is refused")
          .contains("'probabilities' of shape (1, 3)");
      assertThat(models("list")).containsPattern("\\* test-emg +2 ");
      awaitVersion(reader, load, "2");

      assertThat(models("rollback", "test-emg")).contains("test-emg 1 serves");
      awaitVersion(reader, load, "1");

      Set<String> expected = load.endAndExpect();
      var records = reader.await(all -> windows(all).size() >= expected.size());
      assertThat(windows(records)).isEqualTo(expected);
      assertThat(records)
          .allSatisfy(
              record -> {
                if (record.value().model().version().equals("2")) {
                  assertThat(record.value().label()).isEqualTo("WAVE");
                }
              });
    }
  }

  /** A model whose third version does not answer as its card says. */
  private static Path brokenModel() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("broken"));
    return TestModels.write(folder, TestModels.emg(Decision.ARG_MAX, "3"), 5);
  }

  private String models(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(
        List.of(
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--models-topic",
            "models." + prefix,
            "--models-status-topic",
            "status." + prefix));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    CommandRunner.run(new ModelsCommand(), writer, writer, line.toArray(String[]::new));
    writer.flush();
    return said.toString();
  }

  private static Set<String> windows(List<ConsumerRecord<byte[], LabelEvent>> records) {
    return records.stream()
        .map(record -> record.value().streamId() + "@" + record.value().windowStartSample())
        .collect(Collectors.toSet());
  }

  /** Keeps sending until the newest labels of every stream come from a version. */
  private static void awaitVersion(TopicReader<LabelEvent> reader, Load load, String version) {
    reader.await(
        all -> {
          load.sendMore();
          Map<String, String> newest = new HashMap<>();
          all.forEach(
              record -> newest.put(record.value().streamId(), record.value().model().version()));
          return newest.size() == STREAMS && newest.values().stream().allMatch(version::equals);
        });
  }

  /** Streams that go on until they are told to end. */
  private final class Load {
    private final List<List<SignalFrame>> sent = new ArrayList<>();
    private long position;

    Load() {
      for (int stream = 0; stream < STREAMS; stream++) {
        sent.add(new ArrayList<>());
      }
    }

    void sendMore() {
      send(false);
    }

    Set<String> endAndExpect() {
      send(true);
      Set<String> expected = new HashSet<>();
      for (List<SignalFrame> session : sent) {
        ExpectedLabels.windows(model.card(), session)
            .forEach(
                window -> expected.add(session.get(0).streamId() + "@" + window.startSample()));
      }
      return expected;
    }

    private void send(boolean last) {
      for (int stream = 0; stream < STREAMS; stream++) {
        SignalFrame frame = TestSignals.frame("arm-" + stream, "long", position, FRAME, last);
        sent.get(stream).add(frame);
        StreamingJobIT.this.send(frame);
      }
      producer.flush();
      position += FRAME;
    }
  }
}
