package io.physiowave.streaming.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.rhythm.RhythmFeature;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the {@link SavepointFixture} of this release, when asked to. What must come after the
 * savepoint is computed without the job, from whole sessions.
 */
@EnabledIfSystemProperty(named = "physiowave.savepoint", matches = ".+")
class SavepointWriterIT {
  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  private static final int SAMPLES = 1_000;
  private static final int FRAME = 37;

  private final List<SignalFrame> before = new ArrayList<>();
  private final List<SignalFrame> after = new ArrayList<>();
  private final Map<String, String> expected = new LinkedHashMap<>();
  private long sent;

  @Test
  void write(@TempDir Path scratch) throws Exception {
    String release = System.getProperty("physiowave.savepoint");
    SavepointFixture fixture = new SavepointFixture(SavepointFixture.ALL.resolve(release));
    Files.createDirectories(fixture.directory());
    Decision vote = new Decision(List.of(), 0, 3);
    ServedModel first = model(fixture, TestModels.emg(vote, "1"), "test-emg-1");
    ServedModel second =
        model(fixture, TestModels.emg(new Decision(List.of(), 0, 5), "2"), "test-emg-2");
    ServedModel beats = model(fixture, TestModels.ecg(RhythmFeature.names()), "test-ecg-1");
    assertThat(first.sha256()).isNotEqualTo(second.sha256());
    sessions(second, beats);

    try (TestJob job =
        TestJob.on(PLATFORM, SavepointFixture.TOPICS + "." + release, 1)
            .with("--parallelism", "1")) {
      fixture.configure(job);
      job.start();
      try (TopicReader<LabelEvent> labels = job.labels("labels");
          TopicReader<byte[]> rejected = job.bytes("rejected")) {
        job.models("publish", first.location(), "--location", first.location(), "--activate");
        String said =
            job.models("publish", second.location(), "--location", second.location(), "--activate");
        assertThat(said).contains("test-emg 2 serves");
        awaitSecond(job, labels);
        before.forEach(job::send);
        sent += before.size();
        // Behind everything else in the one partition: once it is handed back, all was read.
        job.send("end", new byte[] {1});
        sent++;
        job.flush();
        rejected.await(all -> !all.isEmpty());
        Path savepoint = Path.of(URI.create(job.stopWithSavepoint(scratch)));
        keep(savepoint, fixture);
        removeWhatCame(labels);
      }
    }
    fixture.writeRecordsRead(sent, 3);
    fixture.writeFramesAfter(after);
    fixture.writeLabelsAfter(expected);
  }

  private static ServedModel model(SavepointFixture fixture, ModelCard card, String name)
      throws Exception {
    Path written = TestModels.write(fixture.directory(), card);
    Files.move(written, fixture.model(name), StandardCopyOption.REPLACE_EXISTING);
    return ModelFile.read(fixture.model(name).toString()).served();
  }

  private void sessions(ServedModel gestures, ServedModel beats) {
    for (int stream = 0; stream < 3; stream++) {
      // In mid-window and, at the change of levels, in mid-vote.
      session(gestures, TestSignals.session("arm-" + stream, "a", SAMPLES, FRAME), 10 + stream, -1);
    }
    session(gestures, TestSignals.session("gap", "a", SAMPLES, FRAME), 16, 12);
    List<SignalFrame> joined = TestSignals.session("joined", "a", SAMPLES, FRAME);
    session(gestures, joined.subList(5, joined.size()), 3, -1);
    session(gestures, TestSignals.session("again", "a", SAMPLES / 2, FRAME), 99, -1);
    session(gestures, TestSignals.session("again", "b", SAMPLES, FRAME), 7, -1);
    session(beats, TestSignals.ecgSession("heart", "a", 5_000), 25, -1);
  }

  /** Sends the first frames of a session before the savepoint, but for one that is lost. */
  private void session(ServedModel model, List<SignalFrame> whole, int first, int lost) {
    List<SignalFrame> frames = new ArrayList<>(whole);
    int cut = Math.min(first, frames.size());
    before.addAll(frames.subList(0, cut));
    after.addAll(frames.subList(cut, frames.size()));
    if (lost >= 0) {
      before.remove(frames.get(lost));
      frames.remove(lost);
    }
    expected.putAll(ExpectedLabels.of(model, frames));
  }

  /** Sends of one more stream until the second model serves. */
  private void awaitSecond(TestJob job, TopicReader<LabelEvent> labels) {
    labels.await(
        all -> {
          job.send(TestSignals.frame("probe", "a", sent * FRAME, FRAME, false));
          sent++;
          job.flush();
          return !all.isEmpty() && all.get(all.size() - 1).value().model().version().equals("2");
        });
  }

  private static void keep(Path savepoint, SavepointFixture fixture) throws Exception {
    FileUtils.deleteDirectory(fixture.savepoint().toFile());
    FileUtils.copy(
        new org.apache.flink.core.fs.Path(savepoint.toUri()),
        new org.apache.flink.core.fs.Path(fixture.savepoint().toAbsolutePath().toUri()),
        false);
  }

  /** Labels that came before the savepoint were right, and must not come again. */
  private void removeWhatCame(TopicReader<LabelEvent> labels) {
    List<ConsumerRecord<byte[], LabelEvent>> came = labels.readToEnd();
    for (var record : came) {
      if (!record.value().streamId().equals("probe")) {
        assertThat(expected.remove(record.value().id())).isEqualTo(record.value().label());
      }
    }
    Set<String> streams = Set.copyOf(came.stream().map(r -> r.value().streamId()).toList());
    assertThat(streams).contains("arm-0", "arm-1", "arm-2", "gap", "again", "heart");
  }
}
