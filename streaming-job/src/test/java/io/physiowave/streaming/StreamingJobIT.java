package io.physiowave.streaming;

import static io.physiowave.streaming.testing.TestJob.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.core.card.Decision;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.FailingOnce;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real broker and a Flink cluster whose parts are killed. */
class StreamingJobIT {
  private static final int STREAMS = 6;
  private static final int SAMPLES = 1_200;
  private static final int FRAME = 37;

  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir static Path directory;
  private static ServedModel model;
  private static ServedModel beats;

  private TestJob job;

  @BeforeAll
  static void writeModels() throws Exception {
    model =
        ModelFile.read(TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString())
            .served();
    beats = ModelFile.read(TestModels.write(directory, TestModels.ecg()).toString()).served();
  }

  @BeforeEach
  void configure() throws Exception {
    job = TestJob.on(PLATFORM).with("--models", model.location() + "," + beats.location());
  }

  @AfterEach
  void close() {
    job.close();
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

  @Test
  void everyWindowOfEveryStreamGetsItsLabel() throws Exception {
    job.start();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    List<SignalFrame> heart = TestSignals.ecgSession("heart", "session", 5_000);
    Map<String, String> heartBeats = ExpectedLabels.of(beats, heart);
    assertThat(heartBeats).hasSizeGreaterThan(15);
    expected.putAll(heartBeats);
    sessions.add(heart);

    job.send(sessions, 0, 100);

    try (TopicReader<LabelEvent> reader = job.labels("labels")) {
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
    try (TopicReader<byte[]> events = job.bytes("events");
        TopicReader<byte[]> rhythms = job.bytes("rhythms")) {
      assertThat(events.await(all -> !all.isEmpty()))
          .extracting(record -> SignalEventCodec.decode(record.value()).episode().kind())
          .contains("gesture");
      RhythmSummary first =
          RhythmSummaryCodec.decode(rhythms.await(all -> !all.isEmpty()).get(0).value());
      assertThat(first.streamId()).isEqualTo("heart");
      assertThat(first.figures().ratePerMinute()).isCloseTo(75, within(0.5));
    }
  }

  @Test
  void whatIsNoUsableFrameIsHandedBackWithTheReasonAndStopsNothing() throws Exception {
    job.start();
    SignalFrame good = TestSignals.frame("arm", "session", 0, 100, true);
    byte[] noise = "hello".getBytes(StandardCharsets.UTF_8);

    job.send("arm", noise);
    job.send("leg", SignalFrameCodec.encode(good));
    job.send("arm", SignalFrameCodec.encode(good));
    job.flush();

    try (TopicReader<byte[]> rejected = job.bytes("rejected");
        TopicReader<LabelEvent> reader = job.labels("labels")) {
      var records = rejected.await(all -> all.size() >= 2);
      assertThat(records)
          .anySatisfy(
              record -> {
                assertThat(record.value()).isEqualTo(noise);
                assertThat(header(record, "reason-code")).isEqualTo("invalid");
                assertThat(header(record, SignalTopic.REASON_HEADER))
                    .contains("not a protobuf SignalFrame");
                assertThat(header(record, "source-topic")).isEqualTo(job.topic("frames"));
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

  @Test
  void whatIsTooLongToBeHandedBackWithItsReasonStopsNothing() throws Exception {
    job.start();
    // As long as Kafka takes it without any header.
    byte[] longest = new byte[1_048_400];
    SignalFrame good = TestSignals.frame("arm", "session", 0, 100, true);
    byte[] misnamed =
        SignalFrameCodec.toMessage(good).toBuilder()
            .setChannels(0, "x".repeat(900_000))
            .build()
            .toByteArray();

    job.send("arm", longest);
    job.send("arm", misnamed);
    job.send(good);
    job.flush();

    try (TopicReader<byte[]> rejected = job.bytes("rejected");
        TopicReader<LabelEvent> reader = job.labels("labels")) {
      var records = rejected.await(all -> all.size() >= 2);
      assertThat(records)
          .anySatisfy(
              record -> {
                assertThat(record.value()).isNull();
                assertThat(header(record, "reason-code")).isEqualTo("oversized");
                assertThat(header(record, "reason"))
                    .contains("1048400 bytes; expected at most 1000000")
                    .contains("stands at its source");
                assertThat(header(record, "source-offset")).isEqualTo("0");
              })
          .anySatisfy(
              record -> {
                assertThat(record.value()).isEqualTo(misnamed);
                assertThat(header(record, "reason-code")).isEqualTo("invalid");
                assertThat(header(record, "reason")).hasSizeLessThan(1_100).contains("channels");
              });
      assertThat(reader.await(all -> !all.isEmpty()).get(0).value().streamId()).isEqualTo("arm");
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aTaskManagerThatDiesInTheMiddleOfABatchCostsNoLabel() throws Exception {
    job.with("--audit", "true");
    // Windows gather for long, so that some are always in a batch when the process dies.
    job.with("--max-batch", "512");
    job.with("--max-wait", "500ms");
    job.start();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    int frames = sessions.get(0).size();

    job.send(sessions, 0, frames / 3);
    PLATFORM.cluster().checkpoint(job.id());
    job.send(sessions, frames / 3, 2 * frames / 3);
    PLATFORM.cluster().replaceTaskManager();
    PLATFORM.cluster().awaitRestarted(job.id());
    job.send(sessions, 2 * frames / 3, frames);

    try (TopicReader<LabelEvent> atOnce = job.labels("labels");
        TopicReader<LabelEvent> audited = job.labels("audit")) {
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
  void aTaskThatThrowsInTheMiddleOfABatchCostsNoLabel() throws Exception {
    job.with("--audit", "true");
    job.with("--kafka-properties", FailingOnce.PROPERTY);
    FailingOnce.at(job.topic("labels"), 150);
    job.start();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);

    job.send(sessions, 0, sessions.get(0).size());

    try (TopicReader<LabelEvent> atOnce = job.labels("labels");
        TopicReader<LabelEvent> audited = job.labels("audit")) {
      var fast = atOnce.await(all -> ids(all).size() >= expected.size());
      var audit = audited.await(all -> all.size() >= expected.size());
      assertThat(FailingOnce.hasFailed(job.topic("labels"))).isTrue();
      assertThat(ids(fast)).isEqualTo(expected.keySet());
      assertThat(audit).hasSameSizeAs(expected.keySet());
      Map<String, String> labels = new HashMap<>();
      audit.forEach(record -> labels.put(record.value().id(), record.value().label()));
      assertThat(labels).isEqualTo(expected);
    }
    PLATFORM.cluster().awaitRestarted(job.id());
  }

  @Test
  void aStreamThatFloodsIsHandedBackAndCostsTheOthersNoLabel() throws Exception {
    // The others' 6 s are below the burst, and the flood has one date: only the flood is refused,
    // and how much of it does not depend on the speed of this machine.
    job.with("--flood-rate", "1").with("--flood-burst", "10s");
    job.start();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    List<SignalFrame> flood = TestSignals.session("flood", "session", 100_000, FRAME);
    long date = System.currentTimeMillis();
    long admitted = Math.floorDiv(10 * (long) TestSignals.RATE, FRAME);

    try (TopicReader<byte[]> rejected = job.bytes("rejected");
        TopicReader<LabelEvent> reader = job.labels("labels")) {
      int half = sessions.get(0).size() / 2;
      job.send(sessions, 0, half);
      flood.subList(0, (int) admitted + 1).forEach(frame -> job.send(frame, date));
      job.flush();
      rejected.await(all -> !all.isEmpty());
      PLATFORM.cluster().checkpoint(job.id());
      long stateBefore = PLATFORM.cluster().checkpointedBytes(job.id());

      List<SignalFrame> surplus = flood.subList((int) admitted + 1, flood.size());
      surplus.forEach(frame -> job.send(frame, date));
      job.send(sessions, half, sessions.get(0).size());

      var records = rejected.await(all -> all.size() >= flood.size() - admitted);
      assertThat(records).hasSize((int) (flood.size() - admitted));
      assertThat(records)
          .allSatisfy(
              record -> {
                assertThat(header(record, "reason-code")).isEqualTo("flood");
                assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("flood");
              });
      var labels = reader.await(all -> ids(all).containsAll(expected.keySet()));
      assertThat(labels)
          .filteredOn(record -> record.value().streamId().equals("flood"))
          .isNotEmpty()
          .allSatisfy(
              record ->
                  assertThat(record.value().windowEndSample())
                      .isLessThanOrEqualTo(admitted * FRAME));
      PLATFORM.cluster().checkpoint(job.id());
      long sent = surplus.stream().mapToLong(frame -> SignalFrameCodec.encode(frame).length).sum();
      assertThat(PLATFORM.cluster().checkpointedBytes(job.id()) - stateBefore)
          .isLessThan(sent / 10);
    }
  }

  @Test
  void aSavepointGoesOnAtAnotherParallelismWithoutLossOrRepetition() throws Exception {
    job.with("--audit", "true");
    job.with("--parallelism", "2");
    job.start();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    int frames = sessions.get(0).size();

    job.send(sessions, 0, frames / 2);
    String savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
    job.with("--parallelism", "3");
    job.start(savepoint);
    job.send(sessions, frames / 2, frames);

    try (TopicReader<LabelEvent> atOnce = job.labels("labels");
        TopicReader<LabelEvent> audited = job.labels("audit")) {
      assertThat(ids(atOnce.await(all -> ids(all).size() >= expected.size())))
          .isEqualTo(expected.keySet());
      var audit = audited.await(all -> all.size() >= expected.size());
      assertThat(audit).hasSameSizeAs(expected.keySet());
      assertThat(ids(audit)).isEqualTo(expected.keySet());
    }
  }

  @Test
  void aBrokerThatRestartsCostsNoLabel() throws Exception {
    job.with("--audit", "true");
    job.start();
    List<List<SignalFrame>> sessions = sessions();
    Map<String, String> expected = expected(sessions);
    int frames = sessions.get(0).size();

    job.send(sessions, 0, frames / 2);
    PLATFORM.broker().shutDown();
    PLATFORM.broker().startUp();
    job.send(sessions, frames / 2, frames);

    try (TopicReader<LabelEvent> atOnce = job.labels("labels");
        TopicReader<LabelEvent> audited = job.labels("audit")) {
      assertThat(ids(atOnce.await(all -> ids(all).size() >= expected.size())))
          .isEqualTo(expected.keySet());
      var audit = audited.await(all -> all.size() >= expected.size());
      assertThat(audit).hasSameSizeAs(expected.keySet());
      assertThat(ids(audit)).isEqualTo(expected.keySet());
    }
  }
}
