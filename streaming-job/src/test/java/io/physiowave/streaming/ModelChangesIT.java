package io.physiowave.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.model.Canary;
import io.physiowave.streaming.model.KeptCopy;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.LeftThreads;
import io.physiowave.streaming.testing.LoggedLines;
import io.physiowave.streaming.testing.TestFileSystem;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Models that change while frames come, by the commands that operators type. */
class ModelChangesIT {
  private static final int STREAMS = 6;
  private static final int FRAME = 37;

  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir Path directory;
  private ServedModel first;

  /** Calls everything WAVE, which tells its labels from the first one's. */
  private ServedModel second;

  private final List<List<SignalFrame>> sent = new ArrayList<>();
  private long position;
  private TestJob job;
  private TopicReader<LabelEvent> labels;

  @BeforeEach
  void start() throws Exception {
    first = release("1", Decision.ARG_MAX, 3);
    second = release("2", new Decision(List.of(0.0, 0.0, 100.0), 0, 1), 3);
    for (int stream = 0; stream < STREAMS; stream++) {
      sent.add(new ArrayList<>());
    }
    job =
        TestJob.on(PLATFORM)
            .with("--models", first.location())
            .with("--models-store", directory.resolve("store").toUri().toString())
            .with("--audit", "true")
            .withModelChanges();
    job.start();
    labels = job.labels("labels");
  }

  @AfterEach
  void stop() {
    labels.close();
    job.close();
    // A copy may still be on its way to the folder that is about to be deleted.
    LeftThreads.awaitEnd(directory.toString());
  }

  private ServedModel release(String version, Decision decision, int classes) throws Exception {
    Path folder = Files.createDirectories(directory.resolve(version));
    Path file = TestModels.write(folder, TestModels.emg(decision, version), classes);
    // By address, as on a cluster: one on a file system that Flink finds by its scheme.
    return ModelFile.read(
            version.equals("2") ? TestFileSystem.address(file) : file.toUri().toString())
        .served();
  }

  private static String stream(int index) {
    return "arm-" + index;
  }

  private void send(boolean last) {
    for (int stream = 0; stream < STREAMS; stream++) {
      SignalFrame frame = TestSignals.frame(stream(stream), "long", position, FRAME, last);
      sent.get(stream).add(frame);
      job.send(frame);
    }
    job.flush();
    position += FRAME;
  }

  /** Keeps sending until the newest label of every stream comes from the version it should. */
  private void awaitVersions(Map<String, String> versions) {
    labels.await(
        all -> {
          send(false);
          Map<String, String> newest = new HashMap<>();
          all.forEach(
              record -> newest.put(record.value().streamId(), record.value().model().version()));
          return newest.equals(versions);
        });
  }

  private static Map<String, String> versions(Predicate<String> second) {
    Map<String, String> versions = new HashMap<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      versions.put(stream(stream), second.test(stream(stream)) ? "2" : "1");
    }
    return versions;
  }

  @Test
  void areActivatedRefusedAndRolledBackUnderLoad() throws Exception {
    awaitVersions(versions(stream -> false));

    assertThat(job.models("publish", first.location(), "--activate")).contains("test-emg 1 serves");
    assertThat(job.models("publish", second.location())).contains("test-emg 2 is published");
    assertThat(job.models("activate", "test-emg", "2")).contains("test-emg 2 serves");
    awaitVersions(versions(stream -> true));

    assertThat(job.models("publish", broken(), "--activate"))
        .contains("test-emg 3 is refused")
        .contains("'probabilities' of shape (1, 3)");
    assertThat(job.models("list")).containsPattern("\\* test-emg +2 ");
    awaitVersions(versions(stream -> true));

    // What somebody else has written there keeps nobody from rolling back.
    job.send("models", "test-emg", "now!".getBytes(UTF_8));
    job.send("status", "test-emg", "fine".getBytes(UTF_8));
    job.flush();
    assertThat(job.models("rollback", "test-emg")).contains("test-emg 1 serves");
    awaitVersions(versions(stream -> false));

    endAndCheckEveryLabel();
  }

  @Test
  void surviveARescalingDownAndUp() throws Exception {
    Canary canary = new Canary(second, 0.5);
    job.models("publish", first.location(), "--activate");
    job.models("publish", second.location());
    job.models("canary", "test-emg", "2", "--share", "0.5");
    awaitVersions(versions(canary::takes));
    for (String parallelism : List.of("1", "3")) {
      String savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
      job.with("--parallelism", parallelism).start(savepoint);
      int before = labels.readToEnd().size();
      var records =
          labels.await(
              all -> {
                send(false);
                return all.size() >= before + 3 * STREAMS;
              });
      assertThat(records.stream().skip(before))
          .allSatisfy(
              record ->
                  assertThat(record.value().model().version())
                      .isEqualTo(canary.takes(record.value().streamId()) ? "2" : "1"));
    }
    endAndCheckEveryLabel();
  }

  @Test
  void areTriedAsShadowAndCanaryUnderLoad() throws Exception {
    job.models("publish", first.location(), "--activate");
    job.models("publish", second.location());
    assertThat(job.models("shadow", "test-emg", "2")).contains("test-emg 2 runs beside");
    awaitShadowOfEveryStream();

    Canary canary = new Canary(second, 0.5);
    assertThat(job.models("canary", "test-emg", "2", "--share", "0.5"))
        .contains("test-emg 2 serves 50.00 % of the streams");
    Map<String, String> shared = versions(canary::takes);
    assertThat(shared.values()).contains("1", "2");
    awaitVersions(shared);

    PLATFORM.cluster().checkpoint(job.id());
    PLATFORM.cluster().replaceTaskManager();
    PLATFORM.cluster().awaitRestarted(job.id());
    assertThat(job.models("publish", broken())).contains("test-emg 3 is published");
    assertThat(job.models("shadow", "test-emg", "3")).contains("test-emg 3 is refused");
    awaitVersions(shared);
    assertThat(job.models("list"))
        .containsPattern("\\* test-emg +1 ")
        .containsPattern("% test-emg +2 .* 50.00 % of the streams");

    assertThat(job.models("promote", "test-emg")).contains("test-emg 2 serves");
    awaitVersions(versions(stream -> true));
    assertThat(job.models("rollback", "test-emg")).contains("test-emg 1 serves");
    awaitVersions(versions(stream -> false));

    endAndCheckEveryLabel();
    checkEveryShadowLabel();
  }

  @Test
  void holdUpNeitherLabelsNorCheckpointsWhileTheirFileHangs() throws Exception {
    awaitVersions(versions(stream -> false));
    job.models("publish", second.location());
    try (TestFileSystem.Held file = TestFileSystem.hold(file(second))) {
      job.models("activate", "test-emg", "2", "--wait", "0");
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(file::isAwaited);

      PLATFORM.cluster().checkpoint(job.id());
      int before = labels.readToEnd().size();
      labels.await(
          all -> {
            send(false);
            return all.size() > before + 3 * STREAMS;
          });
      // Who checked it is gone: another one does, from what the checkpoint says.
      PLATFORM.cluster().replaceTaskManager();
      PLATFORM.cluster().awaitRestarted(job.id());
    }
    awaitVersions(versions(stream -> true));

    endAndCheckEveryLabel();
  }

  /** What a state refers to may be gone from where it was: its folder, its server. */
  @Test
  void goOnAndBackWhenTheirFilesAreGone() throws Exception {
    String own = Files.copy(file(first), directory.resolve("announced.onnx")).toUri().toString();
    HttpServer server = serve(file(second));
    String address = "http://localhost:" + server.getAddress().getPort() + "/emg.onnx";
    try {
      job.models("publish", own, "--activate");
      assertThat(job.models("publish", address, "--activate")).contains("test-emg 2 serves");
      awaitVersions(versions(stream -> true));
      awaitCopy(first);
      awaitCopy(second);
      Files.writeString(copy(second), "broken");
      restart();
      awaitVersions(versions(stream -> true));
      awaitCopy(second);
    } finally {
      server.stop(0);
    }
    byte[] bytes = Files.readAllBytes(file(first));
    Files.delete(Path.of(URI.create(own)));
    Files.delete(file(first));

    PLATFORM.cluster().checkpoint(job.id());
    PLATFORM.cluster().replaceTaskManager();
    PLATFORM.cluster().awaitRestarted(job.id());
    awaitMoreOf("2");

    // Who submits a job reads its own models.
    Files.write(file(first), bytes);
    restart();
    Files.delete(file(first));
    awaitMoreOf("2");

    assertThat(job.models("rollback", "test-emg")).contains("test-emg 1 serves");
    awaitVersions(versions(stream -> false));
    endAndCheckEveryLabel();
    checkAudit();
  }

  private static HttpServer serve(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/emg.onnx",
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private void restart() throws Exception {
    job.start(job.stopWithSavepoint(directory.resolve("savepoints")));
  }

  private Path copy(ServedModel model) {
    return directory.resolve("store").resolve(model.sha256() + ".onnx");
  }

  private void awaitCopy(ServedModel model) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                Files.exists(copy(model))
                    && ModelFile.read(copy(model).toString()).sha256().equals(model.sha256()));
  }

  /** Waits for labels that were not there before, all of one version. */
  private void awaitMoreOf(String version) {
    int before = labels.readToEnd().size();
    var records =
        labels.await(
            all -> {
              send(false);
              return all.size() >= before + 3 * STREAMS;
            });
    assertThat(records.stream().skip(before))
        .allSatisfy(record -> assertThat(record.value().model().version()).isEqualTo(version));
  }

  @Test
  void serveAllTheSameWhenNoCopyCanBeKept() throws Exception {
    awaitVersions(versions(stream -> false));
    awaitCopy(first);
    FileUtils.deleteDirectory(directory.resolve("store").toFile());
    Files.writeString(directory.resolve("store"), "a file where a folder should be");
    try (LoggedLines lines = LoggedLines.of(KeptCopy.class)) {
      job.models("publish", second.location());
      assertThat(job.models("activate", "test-emg", "2")).contains("test-emg 2 serves");
      awaitVersions(versions(stream -> true));

      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(
              () ->
                  assertThat(lines.texts())
                      .anySatisfy(
                          line ->
                              assertThat(line)
                                  .contains("no copy of " + second.location(), "tried again in")));
    }
    assertThat(PLATFORM.cluster().hasNeverFailed(job.id())).isTrue();
    endAndCheckEveryLabel();
    checkAudit();
  }

  /** The file of a model, whatever its scheme. */
  private static Path file(ServedModel model) {
    return Path.of(URI.create(model.location()).getPath());
  }

  @Test
  void costNoLabelWhenTheyFailOnTrial() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("fragile"));
    second =
        ModelFile.read(
                TestModels.writeFragile(folder, TestModels.emg(Decision.ARG_MAX, "2")).toString())
            .served();
    job.models("publish", first.location(), "--activate");
    job.models("publish", second.location());
    job.models("canary", "test-emg", "2", "--share", "0.5");
    awaitFailureOfSecond();
    job.models("stop", "test-emg");
    assertThat(job.models("shadow", "test-emg", "2")).contains("test-emg 2 runs beside");
    awaitVersions(versions(stream -> false));
    assertThat(job.models("list")).containsPattern("~ test-emg +2 .* failed at .*: test-emg 2");

    send(true);
    Set<String> windows = windowsSent();
    var records = labels.await(all -> windows(all).size() >= windows.size());
    assertThat(windows(records)).isEqualTo(windows);
    Map<String, String> byFirst = new HashMap<>();
    sent.forEach(session -> byFirst.putAll(ExpectedLabels.of(first, session)));
    assertThat(records)
        .filteredOn(record -> record.value().model().equals(first.reference()))
        .allSatisfy(
            record ->
                assertThat(record.value().label()).isEqualTo(byFirst.get(record.value().id())));
    assertThat(records)
        .filteredOn(record -> record.value().label().equals(LabelEvent.UNCLASSIFIABLE))
        .isNotEmpty()
        .allSatisfy(
            record -> {
              assertThat(record.value().model()).isEqualTo(second.reference());
              assertThat(record.value().unclassifiableReason()).contains("the model fails");
            });
    assertThat(PLATFORM.cluster().hasNeverFailed(job.id())).isTrue();
  }

  private void awaitFailureOfSecond() {
    try (TopicReader<byte[]> status = job.bytes("status")) {
      status.await(
          all -> {
            send(false);
            return all.stream()
                .filter(record -> new String(record.key(), UTF_8).equals("test-emg/failure"))
                .anyMatch(record -> new String(record.value(), UTF_8).contains("the model fails"));
          });
    }
  }

  /** A model whose third version does not answer as its card says. */
  private String broken() throws Exception {
    return release("3", Decision.ARG_MAX, 5).location();
  }

  private void awaitShadowOfEveryStream() {
    try (TopicReader<LabelEvent> shadow = job.labels("shadow")) {
      shadow.await(
          all -> {
            send(false);
            return all.stream().map(record -> record.value().streamId()).distinct().count()
                == STREAMS;
          });
    }
    // The agreement is counted and reported: the two differ where the signal is not a WAVE.
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> {
              send(false);
              assertThat(job.models("list"))
                  .containsPattern(
                      "~ test-emg +2 .* agrees with 1 on [1-9][0-9.]* % of [0-9]+ windows");
            });
  }

  /** Every window has its label, and each label is that of the model it names. */
  private void endAndCheckEveryLabel() {
    send(true);
    Map<String, String> byFirst = new HashMap<>();
    Set<String> bySecond = new HashSet<>();
    Set<String> windows = windowsSent();
    for (List<SignalFrame> session : sent) {
      byFirst.putAll(ExpectedLabels.of(first, session));
      bySecond.addAll(ExpectedLabels.of(second, session).keySet());
    }
    var records = labels.await(all -> windows(all).size() >= windows.size());
    assertThat(windows(records)).isEqualTo(windows);
    assertThat(records)
        .allSatisfy(
            record -> {
              LabelEvent label = record.value();
              if (label.model().equals(second.reference())) {
                assertThat(bySecond).contains(label.id());
                assertThat(label.label()).isEqualTo("WAVE");
              } else {
                assertThat(byFirst).containsEntry(label.id(), label.label());
              }
            });
  }

  /** Every window once, with a label that the other topic has, too. */
  private void checkAudit() {
    Map<String, String> said = new HashMap<>();
    labels.readToEnd().forEach(record -> said.put(record.value().id(), record.value().label()));
    Set<String> windows = windowsSent();
    try (TopicReader<LabelEvent> audit = job.labels("audit")) {
      var records = audit.await(all -> windows(all).size() >= windows.size());
      assertThat(windows(records)).isEqualTo(windows);
      assertThat(records)
          .hasSameSizeAs(windows)
          .allSatisfy(
              record ->
                  assertThat(said).containsEntry(record.value().id(), record.value().label()));
    }
  }

  private Set<String> windowsSent() {
    Set<String> windows = new HashSet<>();
    for (List<SignalFrame> session : sent) {
      ExpectedLabels.windows(first.card(), session)
          .forEach(window -> windows.add(session.get(0).streamId() + "@" + window.startSample()));
    }
    return windows;
  }

  private void checkEveryShadowLabel() {
    Set<String> ids = new HashSet<>();
    sent.forEach(session -> ids.addAll(ExpectedLabels.of(second, session).keySet()));
    try (TopicReader<LabelEvent> shadow = job.labels("shadow")) {
      shadow.await(all -> !all.isEmpty());
      assertThat(shadow.readToEnd())
          .allSatisfy(
              record -> {
                assertThat(record.value().label()).isEqualTo("WAVE");
                assertThat(ids).contains(record.value().id());
              });
    }
  }

  private static Set<String> windows(List<ConsumerRecord<byte[], LabelEvent>> records) {
    return records.stream()
        .map(record -> record.value().streamId() + "@" + record.value().windowStartSample())
        .collect(Collectors.toSet());
  }
}
