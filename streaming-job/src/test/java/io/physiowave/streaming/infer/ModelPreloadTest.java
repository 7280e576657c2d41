package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.LeftThreads;
import io.physiowave.streaming.testing.TestFileSystem;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPreloadTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private Path file;
  private ServedModel model;

  @BeforeEach
  void write() throws Exception {
    file = TestModels.write(directory, TestModels.emg(Decision.ARG_MAX));
    model = ModelFile.read(TestFileSystem.address(file)).served();
  }

  @AfterEach
  void nothingStaysLoaded() {
    Awaitility.await().atMost(MINUTE).until(() -> LoadedModels.count() == 0);
  }

  private ModelPreload start() {
    return ModelPreload.start(model, ModelRunnerTest.OPTIONS);
  }

  @Nested
  class AFileThatHangs {
    private static final Duration LIMIT = Duration.ofMillis(1);

    private List<String> threads() {
      return LeftThreads.of(directory.toString());
    }

    private void awaitOverdue(ModelPreload preload) {
      Awaitility.await().atMost(MINUTE).until(() -> preload.isOverdue(LIMIT));
    }

    @Test
    void keepsOneThreadHoweverOftenItIsAskedForAndATaskStartsAnew() throws Exception {
      try (TestFileSystem.Held held = TestFileSystem.hold(file)) {
        ModelPreload first = start();
        Awaitility.await().atMost(MINUTE).until(held::isAwaited);
        awaitOverdue(first);
        assertThat(first.isOverdue(Duration.ofDays(1))).isFalse();
        for (int restart = 0; restart < 20; restart++) {
          List<ModelPreload> subtasks = List.of(start(), start());
          // The limit counts from when the process began, so that no restart waits again.
          assertThat(subtasks).allMatch(preload -> preload.isOverdue(LIMIT));
          subtasks.get(0).awaitEnd(LIMIT);
          assertThat(subtasks.get(0).failure(LIMIT))
              .hasValueSatisfying(
                  failure ->
                      assertThat(failure)
                          .hasMessageContaining("test-emg 1")
                          .hasMessageContaining("not loaded within 1 ms")
                          .hasMessageContaining("one thread of this process has been at it for"));
          subtasks.forEach(ModelPreload::close);
        }
        first.close();

        assertThat(threads()).containsExactly("loading of " + model.location());
        // Who wants it next waits for the same thread.
        assertThat(LoadedModels.count()).isEqualTo(1);
      }
      LeftThreads.awaitEnd(directory.toString());
    }

    @Test
    void isThereForThoseWhoWaitOnceItComes() throws Exception {
      List<ModelPreload> waiting = new ArrayList<>();
      try (TestFileSystem.Held held = TestFileSystem.hold(file)) {
        ModelPreload given = start();
        waiting.add(start());
        waiting.add(start());
        given.close();
        Awaitility.await().atMost(MINUTE).until(held::isAwaited);
      }

      for (ModelPreload preload : waiting) {
        preload.awaitEnd();
        preload.require();
        assertThat(preload.failure(Duration.ZERO)).isEmpty();
        assertThat(preload.isOverdue(Duration.ZERO)).isFalse();
      }
      waiting.get(0).close();
      assertThat(LoadedModels.count()).isEqualTo(1);
      waiting.get(1).close();
      assertThat(LoadedModels.count()).isZero();
    }

    @Test
    void letsGoOfATaskThatIsCancelledWhileItWaits() throws Exception {
      try (TestFileSystem.Held held = TestFileSystem.hold(file)) {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ModelPreload.check(model, ModelRunnerTest.OPTIONS))
            .hasMessageContaining("interrupted while a model was loaded");
        assertThat(Thread.interrupted()).isTrue();
        Awaitility.await().atMost(MINUTE).until(held::isAwaited);
      }
    }
  }

  @Test
  void aModelThatIsOnlyCheckedIsLetGo() throws Exception {
    try (ModelPreload used = start()) {
      ModelPreload.check(model, ModelRunnerTest.OPTIONS);
      assertThat(LoadedModels.count()).isEqualTo(1);
      used.require();
    }
    assertThat(LoadedModels.count()).isZero();
  }

  @Test
  void aModelThatCouldNotBeLoadedIsTriedAgainByWhoAsksNext() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    ModelPreload failed = start();
    failed.awaitEnd();
    assertThat(failed.failure(MINUTE))
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("no such model file"));
    assertThatThrownBy(failed::require)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(java.io.FileNotFoundException.class);
    Files.write(file, bytes);

    try (ModelPreload next = start()) {
      next.awaitEnd();
      assertThat(next.failure(MINUTE)).isEmpty();
      // The share in what failed is not one in what came after it.
      failed.close();
      assertThat(LoadedModels.count()).isEqualTo(1);
    }
  }

  @Nested
  class CallsThatDoNotComeBack {
    @Test
    void keepTheirModelFromTrialsUntilTheyDo() throws Exception {
      ModelPreload before = start();
      LeftCalls.add(model);
      LeftCalls.add(model);
      ModelPreload after = start();
      before.awaitEnd();

      assertThat(before.failure(MINUTE)).isEmpty();
      assertThat(after.failure(MINUTE))
          .hasValueSatisfying(
              failure ->
                  assertThat(failure)
                      .hasMessageContaining("test-emg 1")
                      .hasMessageContaining("not come back in this process: 2;"));
      // One that serves is asked all the same.
      after.require();

      LeftCalls.remove(model);
      assertThat(LeftCalls.of(model)).isEqualTo(1);
      try (ModelPreload between = start()) {
        assertThat(between.failure(MINUTE)).isPresent();
      }
      LeftCalls.remove(model);
      ModelPreload last = start();
      assertThat(last.failure(MINUTE)).isEmpty();
      List.of(before, after, last).forEach(ModelPreload::close);
    }
  }
}
