package io.physiowave.streaming.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            .with("--parallelism", "2")
            .with("--audit", "true")) {
      release.configure(job);
      fill(job, release);
      job.start(copy.resolve("savepoint").toUri().toString());
      for (SignalFrame frame : release.framesAfter()) {
        job.send(frame);
      }
      job.flush();

      List<String> expected =
          release.labelsAfter().entrySet().stream()
              .map(label -> label.getKey() + " " + label.getValue())
              .toList();
      assertThat(said(job, "labels", expected.size()))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(said(job, "audit", expected.size())).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Ids and labels of a topic, once there are that many. */
  private static List<String> said(TestJob job, String topic, int count) {
    try (TopicReader<LabelEvent> labels = job.labels(topic)) {
      return labels.await(all -> all.size() >= count).stream()
          .map(record -> record.value().id() + " " + record.value().label())
          .toList();
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
