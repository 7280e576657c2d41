package io.physiowave.streaming.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Today's job goes on where earlier releases stopped. */
class SavepointUpgradeIT {
  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  static List<SavepointFixture> releases() throws IOException {
    return SavepointFixture.all();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everyLabelThatWasStillToComeComesOnce(SavepointFixture release, @TempDir Path copy)
      throws Exception {
    // A restored job may remove what it was restored from.
    FileUtils.copy(path(release.savepoint()), path(copy.resolve("savepoint")), false);
    try (TestJob job =
        TestJob.on(PLATFORM, SavepointFixture.TOPICS + "." + release, 1)
            .with("--parallelism", "2")) {
      release.configure(job);
      fill(job, release);
      job.start(copy.resolve("savepoint").toUri().toString());
      for (SignalFrame frame : release.framesAfter()) {
        job.send(frame);
      }
      job.flush();

      Map<String, String> expected = release.labelsAfter();
      try (TopicReader<LabelEvent> labels = job.labels("labels")) {
        var records = labels.await(all -> all.size() >= expected.size());
        List<String> said = new ArrayList<>();
        records.forEach(record -> said.add(record.value().id() + " " + record.value().label()));
        List<String> wanted = new ArrayList<>();
        expected.forEach((id, label) -> wanted.add(id + " " + label));
        assertThat(said).containsExactlyInAnyOrderElementsOf(wanted);
      }
    }
  }

  private static org.apache.flink.core.fs.Path path(Path local) {
    return new org.apache.flink.core.fs.Path(local.toAbsolutePath().toUri());
  }

  /** Brings the topics to where the job had read, with records that it must not read again. */
  private static void fill(TestJob job, SavepointFixture release) throws IOException {
    for (long i = release.recordsRead("frames"); i > 0; i--) {
      job.send("frames", "before", new byte[0]);
    }
    for (long i = release.recordsRead("models"); i > 0; i--) {
      job.send("models", "before", null);
    }
    job.flush();
  }
}
