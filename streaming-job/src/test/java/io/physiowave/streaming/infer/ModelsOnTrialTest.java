package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.LeftThreads;
import io.physiowave.streaming.testing.LoggedLines;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Shadows and canaries that fail or are slow while they run. */
class ModelsOnTrialTest extends InferenceHarness {
  /** A window of level 2 makes the fragile model fail. */
  @Nested
  class AModelThatFailsWhileItRuns {
    private ServedModel serving;
    private ServedModel fragile;

    @BeforeEach
    void write() throws Exception {
      serving = models.serving(Modality.EMG).orElseThrow();
      fragile = fragile(TestModels.emg(Decision.ARG_MAX, "2"));
    }

    private static ServedModel fragile(ModelCard card) throws Exception {
      Path folder = Files.createDirectories(directory.resolve("fragile-" + card.windowSamples()));
      return ModelFile.read(TestModels.writeFragile(folder, card).toString()).served();
    }

    private void shadowed(long start, int level) throws Exception {
      ModelsOnTrialTest.this.shadowed(serving, fragile, start, level);
    }

    private void byCanary(long start, int level) throws Exception {
      ModelsOnTrialTest.this.byCanary(fragile, serving, start, level);
    }

    private void awaitTheFailure() {
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .pollInSameThread()
          .until(
              () -> {
                takeMail();
                return harness.getSideOutput(ModelFailure.TAG) != null;
              });
    }

    private void assertOneFailureIsTold() {
      assertThat(harness.getSideOutput(ModelFailure.TAG))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.getValue().model()).isEqualTo(fragile);
                assertThat(record.getValue().reason())
                    .contains("test-emg 2")
                    .contains("the model fails on an input of shape");
              });
    }

    @Test
    void fallsSilentAsAShadowWhileTheServingOneAnswersEverything() throws Exception {
      for (int i = 0; i < 20; i++) {
        shadowed(20L * i, i % 3);
      }
      harness.prepareSnapshotPreBarrier(1);
      awaitTheFailure();
      shadowed(400, 1);
      harness.prepareSnapshotPreBarrier(2);

      List<InferredWindow> counted = answers(WindowRole.SERVES, WindowRole.SERVES_COMPARED);
      assertThat(counted)
          .extracting(InferredWindow::startSample)
          .isEqualTo(LongStream.range(0, 21).mapToObj(i -> 20 * i).toList());
      assertThat(counted).allMatch(InferredWindow::isAnswered);
      // Each window that says it is compared has its partner, or one would wait for ever.
      assertThat(answers(WindowRole.SHADOWS))
          .extracting(InferredWindow::startSample)
          .isEqualTo(
              answers(WindowRole.SERVES_COMPARED).stream()
                  .map(InferredWindow::startSample)
                  .toList());
      assertThat(counted.get(20).role()).isEqualTo(WindowRole.SERVES);
      assertOneFailureIsTold();
    }

    @Test
    void isFollowedAsACanaryByTheModelThatServesTheOthers() throws Exception {
      for (int i = 0; i < 20; i++) {
        byCanary(20L * i, i % 3);
      }
      harness.prepareSnapshotPreBarrier(1);
      byCanary(400, 2);
      harness.prepareSnapshotPreBarrier(2);

      List<InferredWindow> answers = answers(WindowRole.SERVES);
      assertThat(answers)
          .extracting(InferredWindow::startSample)
          .isEqualTo(LongStream.range(0, 21).mapToObj(i -> 20 * i).toList());
      assertThat(answers)
          .allMatch(answer -> answer.isAnswered() == answer.model().equals(serving))
          .allMatch(answer -> answer.isAnswered() == answer.failure().isEmpty());
      assertThat(answers.get(20).model()).isEqualTo(serving);
      assertThat(best(answers.get(20).probabilities())).isEqualTo(2);
      assertOneFailureIsTold();
    }

    @Test
    void leavesItsStreamsWithoutLabelsAsACanaryThatCutsOtherWindows() throws Exception {
      fragile = fragile(TestModels.emg(Decision.ARG_MAX, "2", 60));
      float[] input = new float[2 * 60];
      Arrays.fill(input, 2);
      for (int i = 0; i < 7; i++) {
        SignalWindow window = window(Modality.EMG, "a", 20L * i, input, SignalQuality.GOOD);
        harness.processElement(
            new AssignedWindow(window, fragile, Optional.empty(), Optional.of(serving)), 0);
        if (i >= 5) {
          harness.prepareSnapshotPreBarrier(i);
        }
      }

      assertThat(answers(WindowRole.SERVES))
          .hasSize(7)
          .noneMatch(InferredWindow::isAnswered)
          .allMatch(answer -> answer.failure().contains("the model fails"));
      assertThat(registered.count("windowsFailed")).isEqualTo(7);
      assertThat(registered.count("windowsInferred")).isZero();
      assertOneFailureIsTold();
    }

    @Test
    void isFollowedAsACanaryByAModelWhoseFailureFailsTheTask() throws Exception {
      Path folder = Files.createDirectories(directory.resolve("fragile-stand-in"));
      ServedModel standIn =
          ModelFile.read(
                  TestModels.writeFragile(folder, TestModels.emg(Decision.ARG_MAX, "3")).toString())
              .served();
      byCanary(0, 2);
      harness.prepareSnapshotPreBarrier(1);
      assertOneFailureIsTold();

      assertThatThrownBy(
              () -> {
                ModelsOnTrialTest.this.byCanary(fragile, standIn, 20, 2);
                harness.prepareSnapshotPreBarrier(2);
              })
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("test-emg 3");
    }

    @Test
    void failsTheTaskOnceItServes() throws Exception {
      byCanary(0, 2);
      harness.prepareSnapshotPreBarrier(1);

      assertThatThrownBy(
              () -> {
                harness.processElement(new AssignedWindow(window("a", 20, 2), fragile), 0);
                harness.prepareSnapshotPreBarrier(2);
              })
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("the model fails on an input of shape (1, 2, 40)");
    }
  }

  /** A batch with a window of level 2 keeps the slow model busy for a second. */
  @Nested
  class AModelOnTrialThatIsSlow {
    private static final int SLOW = TestModels.SLOW_AT;

    private ServedModel serving;
    private ServedModel slow;

    @BeforeEach
    void write() throws Exception {
      serving = models.serving(Modality.EMG).orElseThrow();
      Path folder = Files.createDirectories(directory.resolve("slow"));
      ModelCard card = TestModels.emg(Decision.ARG_MAX, "2");
      slow = ModelFile.read(TestModels.writeSlow(folder, card).toString()).served();
    }

    private void limit(Duration trialTimeout) throws Exception {
      harness.close();
      harness = harness(trialTimeout);
      harness.open();
    }

    private void assertItIsTold() {
      assertThat(harness.getSideOutput(ModelFailure.TAG))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.getValue().model()).isEqualTo(slow);
                assertThat(record.getValue().reason())
                    .startsWith("test-emg 2")
                    .contains("no answer within 50 ms");
              });
    }

    @Test
    void holdsNobodyUpAsAShadowNorABarrierAndSkipsWhatItCannotTake() throws Exception {
      for (int i = 0; i < BATCH; i++) {
        shadowed(serving, slow, 20L * i, SLOW);
      }
      for (int i = BATCH; i < 40; i++) {
        shadowed(serving, slow, 20L * i, 1);
      }
      harness.prepareSnapshotPreBarrier(1);

      assertThat(registered.count("windowsSkipped")).isEqualTo(40 - 2 * BATCH);
      // All of this was said while the shadow was at its first batch.
      assertThat(answers(WindowRole.SHADOWS)).isEmpty();
      assertThat(starts(answers())).isEqualTo(starts(40));
      assertThat(answers()).allMatch(InferredWindow::isAnswered);
      // One batch is with the shadow and one gathers: each has its partner, or it would wait.
      assertThat(starts(answers(WindowRole.SERVES_COMPARED))).isEqualTo(starts(2 * BATCH));

      await(40 + 2 * BATCH);
      assertThat(starts(answers(WindowRole.SHADOWS))).isEqualTo(starts(2 * BATCH));
      assertThat(answers(WindowRole.SHADOWS)).allMatch(InferredWindow::isAnswered);
      shadowed(serving, slow, 800, 1);
      harness.getOperator().finish();
      assertThat(starts(answers(WindowRole.SHADOWS))).endsWith(800L).hasSize(2 * BATCH + 1);
    }

    @Test
    void letsOtherModelsAnswerFirstAsACanary() throws Exception {
      for (int i = 0; i < BATCH; i++) {
        byCanary(slow, serving, 20L * i, SLOW);
      }
      process(window("b", 0, 0), window("b", 20, 1), window("c", 0, 2), window("c", 20, 1));

      assertThat(await(BATCH)).extracting(InferredWindow::model).containsOnly(serving);
      harness.prepareSnapshotPreBarrier(1);

      assertThat(answers())
          .filteredOn(answer -> answer.model().equals(slow))
          .hasSize(BATCH)
          .allMatch(InferredWindow::isAnswered);
    }

    @Test
    void isSwitchedOffAsAShadowAfterTheLimit() throws Exception {
      limit(Duration.ofMillis(50));
      try (LoggedLines lines = LoggedLines.of(LeftCalls.class)) {
        for (int i = 0; i < 2 * BATCH; i++) {
          shadowed(serving, slow, 20L * i, SLOW);
        }
        await(4 * BATCH);
        assertThat(lines.texts().get(0)).contains("do not come back: 1 in this process");
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> LeftCalls.of(slow) == 0);
      }
      LeftThreads.awaitEnd("trial of " + slow);
      shadowed(serving, slow, 400, 1);
      harness.prepareSnapshotPreBarrier(1);

      assertThat(answers(WindowRole.SHADOWS))
          .hasSize(2 * BATCH)
          .allMatch(answer -> answer.failure().contains("no answer within 50 ms"));
      assertThat(starts(answers(WindowRole.SERVES_COMPARED))).isEqualTo(starts(2 * BATCH));
      assertThat(starts(answers(WindowRole.SERVES))).containsExactly(400L);
      assertItIsTold();
    }

    @Test
    void isFollowedAsACanaryAfterTheLimitByTheModelThatServesTheOthers() throws Exception {
      limit(Duration.ofMillis(50));
      for (int i = 0; i < 3 * BATCH; i++) {
        byCanary(slow, serving, 20L * i, SLOW);
      }
      harness.prepareSnapshotPreBarrier(1);
      byCanary(slow, serving, 20L * 3 * BATCH, SLOW);
      harness.prepareSnapshotPreBarrier(2);

      assertThat(starts(answers())).isEqualTo(starts(3 * BATCH + 1));
      assertThat(answers())
          .allMatch(answer -> answer.isAnswered() == answer.model().equals(serving));
      assertThat(answers().get(3 * BATCH).model()).isEqualTo(serving);
      assertItIsTold();
    }

    @Test
    void isAskedAgainOnceItServes() throws Exception {
      limit(Duration.ofMillis(50));
      for (int i = 0; i < BATCH; i++) {
        shadowed(serving, slow, 20L * i, SLOW);
      }
      await(2 * BATCH);
      String failed = "model.test-emg.version.2.sha256." + slow.sha256() + ".modelFailed";
      assertThat(registered.gauge(failed)).isEqualTo(1);

      harness.processElement(new AssignedWindow(window("a", 80, SLOW), slow), 0);
      harness.prepareSnapshotPreBarrier(1);
      assertThat(registered.gauge(failed)).isZero();

      InferredWindow last = answers().get(2 * BATCH);
      assertThat(last.model()).isEqualTo(slow);
      assertThat(best(last.probabilities())).isEqualTo(SLOW);
    }
  }

  /** A batch of it is longer than any buffer. */
  @Nested
  class AModelOnTrialForWhichThereIsNoRoom {
    private ServedModel serving;
    private ServedModel huge;

    @BeforeEach
    void describe() {
      serving = models.serving(Modality.EMG).orElseThrow();
      huge = new ServedModel("huge.onnx", "a".repeat(64), card());
    }

    private static ModelCard card() {
      return TestModels.of(
          TestModels.emg(Decision.ARG_MAX, "2", 1_000_000),
          IntStream.range(0, 200).mapToObj(i -> ModelChannel.named("ch" + i)).toList());
    }

    private void assertItIsTold() {
      assertThat(harness.getSideOutput(ModelFailure.TAG))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.getValue().model()).isEqualTo(huge);
                assertThat(record.getValue().reason())
                    .startsWith("test-emg 2 (huge.onnx): a batch of 4 windows takes 3200000000")
                    .contains("lower inference.max-batch");
              });
      String failed = "model.test-emg.version.2.sha256." + huge.sha256() + ".modelFailed";
      assertThat(registered.gauge(failed)).isEqualTo(1);
    }

    @Test
    void isNotComparedAsAShadow() throws Exception {
      for (int i = 0; i < 7; i++) {
        shadowed(serving, huge, 20L * i, 1);
      }
      harness.prepareSnapshotPreBarrier(1);

      assertThat(starts(answers(WindowRole.SERVES))).isEqualTo(starts(7));
      assertThat(answers()).hasSize(7).allMatch(InferredWindow::isAnswered);
      assertItIsTold();
    }

    @Test
    void leavesItsStreamsWithoutLabelsAsACanary() throws Exception {
      process(window("b", 0, 1));
      for (int i = 0; i < 7; i++) {
        byCanary(huge, serving, 20L * i, 1);
      }
      process(window("b", 20, 1));
      harness.prepareSnapshotPreBarrier(1);

      assertThat(answers())
          .filteredOn(answer -> answer.model().equals(huge))
          .hasSize(7)
          .allMatch(answer -> answer.failure().contains("a batch of 4 windows takes"));
      assertThat(answers())
          .filteredOn(answer -> answer.model().equals(serving))
          .hasSize(2)
          .allMatch(InferredWindow::isAnswered);
      assertItIsTold();
    }

    @Test
    void failsTheTaskOnceItServes() throws Exception {
      byCanary(huge, serving, 0, 1);

      assertThatThrownBy(
              () -> harness.processElement(new AssignedWindow(window("a", 20, 1), huge), 0))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("a batch of 4 windows takes 3200000000 bytes");
    }
  }

  @Nested
  class ATaskThatEndsBelowACallThatHangs {
    private ServedModel serving;

    @BeforeEach
    void write() throws Exception {
      Path folder = Files.createDirectories(directory.resolve("hanging"));
      ModelCard card = TestModels.emg(Decision.ARG_MAX, "2");
      serving = ModelFile.read(TestModels.writeSlow(folder, card).toString()).served();
    }

    /** That all models are let go, the one that hangs too, is awaited after each test. */
    @Test
    void keepsNoThreadOfItsTrials() throws Exception {
      ServedModel shadow = models.serving(Modality.EMG).orElseThrow();
      harness.close();
      harness = harness(Duration.ofMinutes(5), Duration.ofMillis(50));
      harness.open();
      for (int i = 0; i < BATCH; i++) {
        shadowed(serving, shadow, 20L * i, TestModels.SLOW_AT);
      }
      await(BATCH);
      assertThat(LeftThreads.of("trial of " + shadow)).hasSize(1);
      for (int i = 0; i < BATCH; i++) {
        harness.processElement(
            new AssignedWindow(window("b", 20L * i, TestModels.SLOW_AT), serving), 0);
      }

      assertThatThrownBy(harness.getOperator()::close)
          .hasStackTraceContaining("a model call has not returned within 50 ms");

      LeftThreads.awaitEnd("trial of " + shadow);
      LeftThreads.awaitEnd("limit of trials of ");
      LeftThreads.awaitEnd("end of a call of " + serving);
    }
  }
}
