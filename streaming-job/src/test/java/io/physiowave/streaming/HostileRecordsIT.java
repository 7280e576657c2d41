package io.physiowave.streaming;

import static io.physiowave.streaming.testing.TestJob.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.core.card.Decision;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.HostileRecords;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** No record, whatever is in it, stops the job or keeps a sound stream from its labels. */
class HostileRecordsIT {
  private static final int RECORDS = 6_000;
  private static final long SEED = 1;

  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir Path directory;

  @Test
  void soundStreamsAmongHostileOnesAreLabelled() throws Exception {
    ServedModel arms =
        ModelFile.read(TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString())
            .served();
    ServedModel beats =
        ModelFile.read(TestModels.write(directory, TestModels.ecg()).toString()).served();
    List<SignalFrame> arm = TestSignals.session("arm", "session", 1_200, 37);
    List<SignalFrame> heart = TestSignals.ecgSession("heart", "session", 5_000);
    Map<String, String> expected = ExpectedLabels.of(arms, arm);
    expected.putAll(ExpectedLabels.of(beats, heart));
    HostileRecords hostile = new HostileRecords(SEED);

    try (TestJob job =
        TestJob.on(PLATFORM)
            .withModelChanges()
            .with("--reorder-wait", "50ms")
            .with("--flood-rate", "0")
            .with("--models", arms.location() + "," + beats.location())) {
      job.start();
      int frames = Math.max(arm.size(), heart.size());
      for (int i = 0; i < RECORDS; i++) {
        HostileRecords.Hostile record = hostile.next();
        job.send("frames", record.key(), record.value());
        if (i % 50 == 0) {
          job.send("calibration", record.key(), record.value());
          job.send("models", record.key(), record.value());
          HostileRecords.Hostile json = hostile.json(record);
          job.send("calibration", json.key(), json.value());
          job.send("models", json.key(), json.value());
        }
        int frame = i - RECORDS + frames;
        if (frame >= 0) {
          job.send(List.of(arm, heart), frame, frame + 1);
        }
      }
      job.flush();

      try (TopicReader<LabelEvent> reader = job.labels("labels")) {
        Map<String, String> labels = new HashMap<>();
        reader
            .await(all -> ids(all).containsAll(expected.keySet()))
            .forEach(record -> labels.put(record.value().id(), record.value().label()));
        assertThat(labels).containsAllEntriesOf(expected);
      }
      PLATFORM.cluster().checkpoint(job.id());
      assertThat(PLATFORM.cluster().hasNeverFailed(job.id())).isTrue();
      try (TopicReader<byte[]> events = job.bytes("events");
          TopicReader<byte[]> rhythms = job.bytes("rhythms")) {
        events.await(all -> !all.isEmpty());
        rhythms.await(all -> !all.isEmpty());
        assertThat(events.readToEnd())
            .allSatisfy(record -> SignalEventCodec.decode(record.value()));
        assertThat(rhythms.readToEnd())
            .allSatisfy(record -> RhythmSummaryCodec.decode(record.value()));
      }
    }
  }
}
