package io.physiowave.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.emit.KafkaReach;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A second job that would take the transactions of the first one. */
class TwoJobsIT {
  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir static Path directory;

  /** The session that is sent next. */
  private int session;

  @Test
  void withOneTransactionPrefixAreRefusedBeforeOneLosesALabelOfTheAudit() throws Exception {
    ServedModel model =
        ModelFile.read(TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString())
            .served();
    Set<String> expected = new HashSet<>();
    try (TestJob first = TestJob.on(PLATFORM).with("--models", model.location());
        TestJob second = TestJob.on(PLATFORM)) {
      first.with("--audit", "true").with("--transaction-id-prefix", "theirs").start();
      JobOptions options =
          second
              .with("--models", model.location())
              .with("--audit", "true")
              .with("--transaction-id-prefix", "theirs")
              .options();

      // Between two transactions nothing is to be seen of the first job; so until it is.
      String refusal = "";
      while (refusal.isEmpty()) {
        refusal = refusalWhileFramesCome(options, first, model, expected);
      }

      assertThat(refusal)
          .contains("another job runs with kafka.transaction-id-prefix theirs: it has just begun")
          .contains("transaction theirs-")
          .contains("give each job a prefix of its own");
      first.flush();
      try (TopicReader<LabelEvent> reader = first.labels("audit")) {
        assertThat(reader.await(all -> all.size() >= expected.size()))
            .extracting(record -> record.value().id())
            .containsExactlyInAnyOrderElementsOf(expected);
      }
      assertThat(PLATFORM.cluster().hasNeverFailed(first.id())).isTrue();
    }
  }

  /** Has a job ask whether it may start, while another one has something to write. */
  private String refusalWhileFramesCome(
      JobOptions options, TestJob running, ServedModel model, Set<String> expected)
      throws Exception {
    // As if its checkpoints came once a minute: so long does it look at those of the other one.
    CompletableFuture<Void> check =
        CompletableFuture.runAsync(
            () -> KafkaReach.check(options.kafka(), Duration.ofMinutes(1), Duration.ofMinutes(3)));
    while (true) {
      List<SignalFrame> frames = TestSignals.session("arm", "session-" + session++, 60, 60);
      expected.addAll(ExpectedLabels.of(model, frames).keySet());
      running.send(List.of(frames), 0, frames.size());
      try {
        check.get(50, TimeUnit.MILLISECONDS);
        return "";
      } catch (TimeoutException e) {
        // It still looks.
      } catch (ExecutionException e) {
        return e.getCause().getMessage();
      }
    }
  }
}
