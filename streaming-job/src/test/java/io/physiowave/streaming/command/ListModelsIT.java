package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ListModelsIT {
  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir Path directory;

  private String file(ModelCard card) throws Exception {
    Path folder = directory.resolve(card.name() + "-" + card.version());
    return TestModels.write(Files.createDirectories(folder), card).toString();
  }

  @Test
  void ofSeveralNamesForOneKindOfSignalTheOneActivatedLastServes() throws Exception {
    ModelCard emg = TestModels.emg(Decision.ARG_MAX);
    ModelCard other = TestModels.emgWithLabels(List.of("OPEN", "CLOSED", "PINCH"));
    try (TestJob job = TestJob.on(PLATFORM).withModelChanges()) {
      for (ModelCard card : List.of(emg, other, TestModels.ecg())) {
        // Nobody answers: no job runs.
        job.models("publish", file(card), "--activate", "--wait", "0");
      }

      assertThat(job.models("list"))
          .containsPattern(
              "(?m)^  test-emg +1 .*  was activated, but test-other was later and serves EMG$")
          .containsPattern("(?m)^\\* test-other +1 .*\\.onnx$")
          .containsPattern("(?m)^\\* test-ecg +1 .*\\.onnx$");

      job.models("activate", "test-emg", "1", "--wait", "0");

      assertThat(job.models("list"))
          .containsPattern("(?m)^\\* test-emg +1 .*\\.onnx$")
          .containsPattern(
              "(?m)^  test-other +1 .*  was activated, but test-emg was later and serves EMG$");
    }
  }
}
