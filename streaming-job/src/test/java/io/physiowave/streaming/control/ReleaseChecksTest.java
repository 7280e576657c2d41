package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.LeftThreads;
import io.physiowave.streaming.testing.TestFileSystem;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseChecksTest {
  @TempDir Path directory;
  private ReleaseChecks checks;

  @BeforeEach
  void open() {
    checks =
        new ReleaseChecks(
            new InferenceOptions(4, Duration.ZERO, DeviceChoice.CPU, 1, GraphOptimisation.ALL)
                .withModelStore(directory.resolve("store").toString()));
    checks.open(null);
  }

  @AfterEach
  void close() {
    checks.close();
    // A copy may still be on its way to the folder that is about to be deleted.
    LeftThreads.awaitEnd(directory.toString());
  }

  private CompletableFuture<CheckedWish> check(ModelDeployment wanted) {
    return CheckedWishes.of(checks, wanted.name(), ControlJson.write(wanted));
  }

  private Path write(String version) throws Exception {
    return TestModels.write(
        Files.createDirectory(directory.resolve(version)),
        TestModels.emg(Decision.ARG_MAX, version));
  }

  private static ModelRelease release(String location) throws Exception {
    ServedModel model = ModelFile.read(location).served();
    return new ModelRelease(model.card().version(), location, model.sha256());
  }

  @Test
  void ofAFileThatHangsAreGivenUpForALaterRecordOfTheModel() throws Exception {
    Path hanging = write("2");
    ModelDeployment before =
        ModelDeployment.empty("test-emg")
            .publish(release(write("1").toString()))
            .publish(release(TestFileSystem.address(hanging)));

    try (TestFileSystem.Held file = TestFileSystem.hold(hanging)) {
      CompletableFuture<CheckedWish> hangs = check(before.activate("2"));
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(file::isAwaited);
      CompletableFuture<CheckedWish> waits = check(before.activate("2").withShadow("1"));

      CheckedWish rollback = check(before.activate("1")).get(3, TimeUnit.MINUTES);

      assertThat(rollback.isOvertaken()).isFalse();
      assertThat(rollback.releases().get(0).model()).isPresent();
      assertThat(hangs.get(3, TimeUnit.MINUTES).isOvertaken()).isTrue();
      assertThat(waits.get(3, TimeUnit.MINUTES).isOvertaken()).isTrue();
      // The file still hangs, and holds none of their threads.
      LeftThreads.awaitEnd("check of test-emg 2");
    }
  }

  @Test
  void thatHaveNotBegunAreGivenUpUnreadAndNothingToCheckWaitsForNone() throws Exception {
    Path hanging = write("2");
    ModelDeployment first =
        ModelDeployment.empty("test-emg")
            .publish(release(TestFileSystem.address(hanging)))
            .activate("2");
    ModelDeployment behind =
        ModelDeployment.empty("test-other")
            .publish(
                new ModelRelease("1", directory.resolve("gone.onnx").toString(), "a".repeat(64)))
            .activate("1");
    CompletableFuture<CheckedWish> overtaken;
    try (TestFileSystem.Held file = TestFileSystem.hold(hanging)) {
      var unused = check(first);
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(file::isAwaited);
      overtaken = check(behind);

      assertThat(check(ModelDeployment.empty("test-other"))).isCompleted();
    }
    assertThat(overtaken.get(3, TimeUnit.MINUTES).isOvertaken()).isTrue();
  }

  @Test
  void areMadeOnceOfEachRelease() throws Exception {
    ModelDeployment wanted =
        ModelDeployment.empty("test-emg")
            .publish(release(write("1").toString()))
            .publish(release(write("2").toString()))
            .publish(release(write("3").toString()))
            .activate("1")
            .withShadow("2");

    for (String canary : List.of("2", "3")) {
      assertThat(check(wanted.withCanary(canary, 0.5)).get(3, TimeUnit.MINUTES).releases())
          .extracting(CheckedRelease::version)
          .isEqualTo(List.of("1", "2", "3").subList(0, Integer.parseInt(canary)));
    }
  }

  @Test
  void ofAFileThatHangsLeaveNoThreadBehindWhenTheTaskEnds() throws Exception {
    Path hanging = write("2");
    ModelDeployment wanted =
        ModelDeployment.empty("hangs-at-the-end")
            .publish(release(TestFileSystem.address(hanging)))
            .activate("2");
    try (TestFileSystem.Held file = TestFileSystem.hold(hanging)) {
      var unused = check(wanted);
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(file::isAwaited);
      assertThat(LeftThreads.of("hangs-at-the-end")).isNotEmpty();

      checks.close();

      LeftThreads.awaitEnd("hangs-at-the-end");
    }
  }

  @Test
  void ofABrokenMachineFailTheTaskAndRefuseNoModel() throws Exception {
    Path file = write("1");
    ModelDeployment wanted =
        ModelDeployment.empty("test-emg")
            .publish(release(TestFileSystem.address(file)))
            .activate("1");
    Error noRoom = new OutOfMemoryError("no room for the file");
    TestFileSystem.breakAt(file, noRoom);

    assertThat(check(wanted))
        .failsWithin(Duration.ofMinutes(3))
        .withThrowableOfType(ExecutionException.class)
        .withCause(noRoom);

    assertThat(checkOf(wanted).model()).isPresent();
  }

  private CheckedRelease checkOf(ModelDeployment wanted) throws Exception {
    return check(wanted).get(3, TimeUnit.MINUTES).releases().get(0);
  }

  @Test
  void needTheFileOnlyOfAModelThatTheJobNeverHad() throws Exception {
    Path first = write("1");
    Path second = write("2");
    ModelDeployment published =
        ModelDeployment.empty("test-emg")
            .publish(release(first.toString()))
            .publish(release(second.toString()));
    assertThat(checkOf(published.activate("1")).model()).isPresent();
    Path copy =
        directory.resolve("store").resolve(ModelFile.read(first.toString()).sha256() + ".onnx");
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(copy));

    Files.delete(first);
    Files.delete(second);

    assertThat(checkOf(published.activate("2")).refusal())
        .contains(second + ": no such model file", directory.resolve("store").toString());
    assertThat(checkOf(published.activate("1")).model())
        .hasValueSatisfying(model -> assertThat(model.location()).isEqualTo(first.toString()));
  }
}
