package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.core.card.Decision;
import io.physiowave.streaming.control.ControlJson;
import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import io.physiowave.streaming.control.ModelRelease;
import io.physiowave.streaming.control.ModelStatus;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TopicReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Operators who are not alone, and brokers that do not answer. */
class ModelsCommandIT {
  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir Path directory;

  private static ControlTopics topics(TestJob job) {
    return new ControlTopics(
        PLATFORM.broker().bootstrapServers(), job.topic("models"), job.topic("status"), Map.of());
  }

  private static ModelDeployment published(String name, String version) {
    ModelDeployment none = ModelDeployment.empty(name);
    return none.publish(new ModelRelease(version, "s3://models/a.onnx", "a".repeat(64)))
        .after(none);
  }

  @Test
  void aChangeThatTakesThePlaceOfAnotherOperatorsIsNotCalledWell() throws Exception {
    try (TestJob job = TestJob.on(PLATFORM).withModelChanges();
        ControlTopics mine = topics(job);
        ControlTopics theirs = topics(job)) {
      mine.deployments();
      theirs.write(published("emg", "1"));

      assertThatThrownBy(() -> mine.write(published("emg", "2")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("somebody else changed emg at the same moment");

      mine.deployments();
      for (String other : new String[] {"a", "b", "c", "d", "e", "f"}) {
        theirs.write(published(other, "1"));
      }
      assertThatCode(() -> mine.write(published("emg", "3"))).doesNotThrowAnyException();
    }
  }

  @Test
  void aRefusedChangeIsNotTakenBackOverAnotherOperatorsOfTheSameRevision() throws Exception {
    String file = TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString();
    try (TestJob job = TestJob.on(PLATFORM).withModelChanges();
        ControlTopics theirs = topics(job);
        TopicReader<byte[]> models = job.bytes("models")) {
      CompletableFuture<String> said =
          CompletableFuture.supplyAsync(
              () -> job.models("publish", file, "--activate", "--wait", "180"));
      ModelDeployment asked =
          ControlJson.deployment(models.await(records -> !records.isEmpty()).get(0).value());
      theirs.write(asked.publish(new ModelRelease("2", "s3://models/a.onnx", "a".repeat(64))));
      // In place of the job, to which the first record is overtaken.
      ModelStatus answer =
          new ModelStatus(
              "test-emg", "", "", false, "later", 1, asked.revision(), null, null, null, null);
      job.send("status", answer.key(), ControlJson.write(answer));

      assertThat(said.get(3, TimeUnit.MINUTES)).contains("is refused: later");
      assertThat(theirs.deployments().get("test-emg").releases()).hasSize(2);
    }
  }

  @Test
  void aBrokerThatHandsOutNoRecordsEndsTheCommand() throws Exception {
    try (TestJob job = TestJob.on(PLATFORM).withModelChanges();
        ControlTopics topics = topics(job)) {
      topics.write(published("emg", "1"));
      // As from a broker that is cut off just then: it waits for more than there will be.
      CompletableFuture<String> said =
          CompletableFuture.supplyAsync(
              () ->
                  job.models(
                      "list",
                      "--kafka-property",
                      "fetch.min.bytes=1000000000",
                      "--kafka-property",
                      "fetch.max.wait.ms=1000000000",
                      "--kafka-property",
                      "default.api.timeout.ms=2000"));

      assertThat(said.get(2, TimeUnit.MINUTES))
          .startsWith("models list: no answer from Kafka in time");
    }
  }

  @Test
  void aTopicThatIsMissingIsNotMade() {
    String servers = PLATFORM.broker().bootstrapServers();
    for (int i = 0; i < 2; i++) {
      StringWriter said = new StringWriter();
      PrintWriter writer = new PrintWriter(said);
      int code =
          CommandRunner.run(
              new ModelsCommand(),
              writer,
              writer,
              "list",
              "--bootstrap-servers",
              servers,
              "--models-topic",
              "signal.typo");

      assertThat(said.toString()).contains("topic signal.typo does not exist");
      assertThat(code).isEqualTo(CommandRunner.FAILURE);
    }
  }
}
