package io.physiowave.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.testing.TestCalibrations;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A wearer's calibration from Kafka to the labels, over a savepoint, and taken back. */
class CalibrationIT {
  private static final ModelCard CARD = TestModels.emg(Decision.ARG_MAX);
  private static final StreamCalibration ALWAYS_WAVE =
      TestCalibrations.always("left", "WAVE", CARD);
  private static final int FRAME = 20;

  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  private final List<LabelEvent> labels = new ArrayList<>();
  private long sent;

  private void sendFrames(TestJob job) {
    for (String stream : List.of("left", "right")) {
      job.send(TestSignals.frame(stream, "s", sent, FRAME, false));
    }
    sent += FRAME;
    job.flush();
  }

  /** Sends on until a label of each stream is as expected. */
  private void sendUntil(TestJob job, TopicReader<LabelEvent> reader, Predicate<LabelEvent> holds) {
    int before = labels.size();
    reader.await(
        all -> {
          all.stream().skip(labels.size()).map(ConsumerRecord::value).forEach(labels::add);
          sendFrames(job);
          return labels.stream().skip(before).anyMatch(holds);
        });
  }

  private static boolean isLeft(LabelEvent label) {
    return label.streamId().equals("left");
  }

  @Test
  void itDecidesForItsStreamUntilItIsTakenBack(@TempDir Path directory) throws Exception {
    Path model = TestModels.write(directory, CARD);
    String id = StreamCalibrationJson.id(ALWAYS_WAVE);
    try (TestJob job = TestJob.on(PLATFORM).with("--models", model.toString());
        TopicReader<LabelEvent> reader = job.labels("labels")) {
      job.start();
      sendUntil(job, reader, label -> isLeft(label) && label.label().equals("REST"));

      job.send("calibration", "right", "nonsense".getBytes(StandardCharsets.UTF_8));
      job.send("calibration", "left", TestCalibrations.record(ALWAYS_WAVE));
      sendUntil(job, reader, label -> isLeft(label) && label.calibration().equals(id));

      String savepoint = job.stopWithSavepoint(directory);
      int stopped = labels.size();
      job.start(savepoint);
      sendUntil(job, reader, label -> isLeft(label) && label.windowStartSample() > sent - 200);
      assertThat(labels.stream().skip(stopped).filter(CalibrationIT::isLeft))
          .isNotEmpty()
          .allSatisfy(
              label -> {
                assertThat(label.calibration()).isEqualTo(id);
                assertThat(label.label()).isEqualTo("WAVE");
              });

      job.send("calibration", "left", null);
      sendUntil(
          job,
          reader,
          label -> isLeft(label) && label.calibration().isEmpty() && !label.label().equals("WAVE"));
      assertThat(labels.stream().filter(label -> !isLeft(label)))
          .isNotEmpty()
          .allMatch(label -> label.calibration().isEmpty());
      try (TopicReader<byte[]> rejected = job.bytes("rejected")) {
        Headers headers = rejected.await(all -> !all.isEmpty()).get(0).headers();
        assertThat(text(headers, "reason-code")).isEqualTo("invalid-calibration");
        assertThat(text(headers, "source-topic")).isEqualTo(job.topic("calibration"));
      }
    }
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
