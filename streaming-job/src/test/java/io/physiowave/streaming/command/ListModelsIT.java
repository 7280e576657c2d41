package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.control.ControlJson;
import io.physiowave.streaming.control.ModelDeployment;
import io.physiowave.streaming.control.ModelStatus;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  @Test
  void aTrialThatAnotherNameHasEndedIsShownAsEndedAndNotPublishedAgain() throws Exception {
    ModelCard emg = TestModels.emg(Decision.ARG_MAX);
    ModelCard other = TestModels.emgWithLabels(List.of("OPEN", "CLOSED", "PINCH"));
    try (TestJob job = TestJob.on(PLATFORM).withModelChanges();
        TopicReader<byte[]> models = job.bytes("models")) {
      job.models("publish", file(emg), "--activate", "--wait", "0");
      job.models("publish", file(TestModels.emg(Decision.ARG_MAX, "2")));
      job.models("canary", "test-emg", "2", "--share", "0.25", "--wait", "0");
      assertThat(job.models("list")).containsPattern("(?m)^% test-emg +2 .*  25.00 % of the str");

      job.models("publish", file(other), "--activate", "--wait", "0");

      assertThat(job.models("list"))
          .containsPattern("(?m)^  test-emg +2 .*  was on trial, which test-other has ended since$")
          .containsPattern("(?m)^\\* test-other +1 .*\\.onnx$");

      job.models("publish", file(TestModels.emg(Decision.ARG_MAX, "3")));
      assertThat(models.await(records -> records.size() == 5))
          .extracting(record -> ControlJson.deployment(record.value()))
          .filteredOn(deployment -> deployment.name().equals("test-emg"))
          .extracting(ModelDeployment::trial)
          .containsExactly(0L, 0L, 2L, 0L);
    }
  }

  @Test
  void aTrialThatTheJobDoesNotBeginIsSaidNotToHold() throws Exception {
    try (TestJob job = TestJob.on(PLATFORM).withModelChanges();
        TopicReader<byte[]> models = job.bytes("models")) {
      String file = file(TestModels.emg(Decision.ARG_MAX));
      job.models("publish", file);
      CompletableFuture<String> said =
          CompletableFuture.supplyAsync(
              () -> job.models("shadow", "test-emg", "1", "--wait", "180"));
      // In place of the job, which knows of a later activation of another name.
      ModelDeployment asked =
          ControlJson.deployment(models.await(records -> records.size() == 2).get(1).value());
      ModelStatus answer =
          new ModelStatus(
              "test-emg", "", "", true, "", 1, asked.revision(), null, null, null, null);
      job.send("status", answer.key(), ControlJson.write(answer));

      assertThat(said.get(3, TimeUnit.MINUTES)).contains("test-emg: nothing is on trial: the job");
    }
  }

  @Test
  void anActivationThatAnotherOneWasLaterThanIsSaidToServeNothing() throws Exception {
    String file = file(TestModels.emg(Decision.ARG_MAX));
    try (TestJob job = TestJob.on(PLATFORM).withModelChanges();
        TopicReader<byte[]> models = job.bytes("models")) {
      CompletableFuture<String> said =
          CompletableFuture.supplyAsync(
              () -> job.models("publish", file, "--activate", "--wait", "180"));
      // In place of the job, which accepts the record and lets another model go on serving.
      ModelDeployment asked =
          ControlJson.deployment(models.await(records -> !records.isEmpty()).get(0).value());
      ModelStatus answer =
          new ModelStatus(
              "test-emg", "", "", true, "", 1, asked.revision(), null, null, null, null);
      job.send("status", answer.key(), ControlJson.write(answer));

      assertThat(said.get(3, TimeUnit.MINUTES))
          .contains("test-emg 1 serves no stream: the job knows of a later activation");
    }
  }
}
