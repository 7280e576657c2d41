package io.physiowave.streaming;

import static io.physiowave.streaming.testing.TestJob.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job where Flink writes down each change of state as it is made. */
class StateChangelogIT {
  private static final int STREAMS = 6;
  private static final int SAMPLES = 1_200;
  private static final int FRAME = 37;

  @RegisterExtension
  static final TestPlatform PLATFORM =
      new TestPlatform(
          Map.of(
              "state.changelog.enabled",
              "true",
              "state.changelog.storage",
              "filesystem",
              "state.changelog.dstl.dfs.base-path",
              Path.of("target", "changelog").toUri().toString(),
              // So often that streams change while all of them are written down.
              "state.changelog.periodic-materialize.interval",
              "50ms",
              // Flink's changelog can do without a savepoint only so.
              "execution.state-recovery.claim-mode",
              "CLAIM"));

  @TempDir static Path directory;

  @Test
  void neitherATaskManagerThatDiesNorASavepointAtAnotherParallelismCostsALabel() throws Exception {
    ServedModel model =
        ModelFile.read(TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString())
            .served();
    List<List<SignalFrame>> sessions = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      sessions.add(TestSignals.session("arm-" + stream, "session", SAMPLES, FRAME));
      expected.putAll(ExpectedLabels.of(model, sessions.get(stream)));
    }
    int quarter = sessions.get(0).size() / 4;

    try (TestJob job = TestJob.on(PLATFORM)) {
      job.with("--models", model.location()).with("--audit", "true").start();
      job.send(sessions, 0, quarter);
      PLATFORM.cluster().checkpoint(job.id());
      job.send(sessions, quarter, 2 * quarter);
      PLATFORM.cluster().replaceTaskManager();
      PLATFORM.cluster().awaitRestarted(job.id());
      job.send(sessions, 2 * quarter, 3 * quarter);
      String savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
      job.with("--parallelism", "2").start(savepoint);
      job.send(sessions, 3 * quarter, sessions.get(0).size());

      try (TopicReader<LabelEvent> atOnce = job.labels("labels");
          TopicReader<LabelEvent> audited = job.labels("audit")) {
        assertThat(ids(atOnce.await(all -> ids(all).size() >= expected.size())))
            .isEqualTo(expected.keySet());
        var audit = audited.await(all -> all.size() >= expected.size());
        assertThat(audit).hasSameSizeAs(expected.keySet());
        Map<String, String> labels = new HashMap<>();
        audit.forEach(record -> labels.put(record.value().id(), record.value().label()));
        assertThat(labels).isEqualTo(expected);
      }
    }
  }
}
