package io.physiowave.streaming;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that was away for longer than Kafka keeps frames. */
class LongDowntimeIT {
  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir Path directory;

  private static List<List<SignalFrame>> sessions(String session) {
    return IntStream.range(0, 4)
        .mapToObj(i -> TestSignals.session("arm-" + i, session, 400, 40))
        .toList();
  }

  @Test
  void goesOnWithTheFirstFrameThatIsLeftWhereverItWouldHaveBegun() throws Exception {
    ServedModel model =
        ModelFile.read(TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString())
            .served();
    try (TestJob job = TestJob.on(PLATFORM).with("--models", model.location())) {
      job.start();
      job.send(sessions("before"), 0, 5);
      String savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
      job.send(sessions("gone"), 0, 10);
      deleteFrames(job);
      List<List<SignalFrame>> left = sessions("left");
      job.send(left, 0, 10);

      job.with("--start", "latest").start(savepoint);

      Set<String> expected = new HashSet<>();
      left.forEach(session -> expected.addAll(ExpectedLabels.of(model, session).keySet()));
      try (TopicReader<LabelEvent> labels = job.labels("labels")) {
        var records = labels.await(all -> TestJob.ids(all).containsAll(expected));
        assertThat(records).extracting(record -> record.value().sessionId()).doesNotContain("gone");
      }
    }
  }

  private static void deleteFrames(TestJob job) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", PLATFORM.broker().bootstrapServers()))) {
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      for (int partition = 0; partition < 2; partition++) {
        all.put(
            new TopicPartition(job.topic("frames"), partition), RecordsToDelete.beforeOffset(-1));
      }
      admin.deleteRecords(all).all().get();
    }
  }
}
