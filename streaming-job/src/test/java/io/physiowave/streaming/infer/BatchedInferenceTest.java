package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.AssignedWindowSerializer;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GpuOptions;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchedInferenceTest {
  private static final SignalQuality BAD = new SignalQuality(QualityLevel.BAD, "lead off: ch1");
  private static final int BATCH = 4;
  private static final int WAIT = 50;

  @TempDir static Path directory;

  private ModelCatalogue models;
  private OneInputStreamOperatorTestHarness<AssignedWindow, InferredWindow> harness;

  @BeforeEach
  void open() throws Exception {
    models = TestModels.catalogue(directory, TestModels.emg(Decision.ARG_MAX), TestModels.ecg());
    harness = harness();
    harness.open();
  }

  private OneInputStreamOperatorTestHarness<AssignedWindow, InferredWindow> harness()
      throws Exception {
    return harness(Duration.ofMinutes(5));
  }

  private OneInputStreamOperatorTestHarness<AssignedWindow, InferredWindow> harness(
      Duration trialTimeout) throws Exception {
    InferenceOptions options =
        new InferenceOptions(
            BATCH,
            Duration.ofMillis(WAIT),
            DeviceChoice.CPU,
            1,
            GraphOptimisation.ALL,
            trialTimeout,
            GpuOptions.DEFAULT);
    var made =
        new OneInputStreamOperatorTestHarness<>(
            new BatchedInferenceFactory(models, options), AssignedWindowSerializer.INSTANCE);
    made.setup(InferredWindow.TYPE.createSerializer(new SerializerConfigImpl()));
    return made;
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    // A call that was given up lets its model go when it comes back.
    Awaitility.await().until(() -> LoadedModels.count() == 0);
  }

  private static SignalWindow window(String stream, long start, int level) {
    return window(stream, start, level, SignalQuality.GOOD);
  }

  private static SignalWindow window(String stream, long start, int level, SignalQuality quality) {
    float[] input = new float[2 * TestModels.EMG_WINDOW];
    Arrays.fill(input, level);
    return window(Modality.EMG, stream, start, input, quality);
  }

  private static SignalWindow window(
      Modality modality, String stream, long start, float[] input, SignalQuality quality) {
    return new SignalWindow(
        stream, "s", modality, 200, start, start + 40, 0, 1, -1, input, quality, 5, 6);
  }

  private void process(SignalWindow... windows) throws Exception {
    for (SignalWindow window : windows) {
      ServedModel model = models.serving(window.modality()).orElseThrow();
      harness.processElement(new AssignedWindow(window, model), 0);
    }
  }

  /** Runs what the inference thread has put into the task's mailbox until enough came out. */
  private List<InferredWindow> await(int answers) {
    Awaitility.await()
        .pollInSameThread()
        .until(
            () -> {
              takeMail();
              return answers().size() >= answers;
            });
    return answers();
  }

  private void takeMail() throws Exception {
    while (harness.getTaskMailbox().hasMail()) {
      harness.getTaskMailbox().take(0).run();
    }
  }

  private void shadowed(ServedModel serving, ServedModel shadow, long start, int level)
      throws Exception {
    SignalWindow window = window("a", start, level);
    harness.processElement(
        new AssignedWindow(window, serving, Optional.of(shadow), Optional.empty()), 0);
  }

  private void byCanary(ServedModel canary, ServedModel serving, long start, int level)
      throws Exception {
    SignalWindow window = window("a", start, level);
    harness.processElement(
        new AssignedWindow(window, canary, Optional.empty(), Optional.of(serving)), 0);
  }

  private List<InferredWindow> answers(WindowRole... roles) {
    return answers().stream().filter(answer -> List.of(roles).contains(answer.role())).toList();
  }

  private static List<Long> starts(List<InferredWindow> answers) {
    return answers.stream().map(InferredWindow::startSample).toList();
  }

  private static List<Long> starts(int windows) {
    return LongStream.range(0, windows).mapToObj(i -> 20 * i).toList();
  }

  private List<InferredWindow> answers() {
    return new ArrayList<>(harness.extractOutputValues());
  }

  @Nested
  class ABatch {
    @Test
    void leavesWhenItIsFull() throws Exception {
      process(window("a", 0, 0), window("b", 0, 1), window("a", 20, 2));
      assertThat(answers()).isEmpty();

      process(window("c", 0, 1));

      assertThat(await(4)).extracting(InferredWindow::streamId).containsExactly("a", "b", "a", "c");
      assertThat(answers())
          .extracting(answer -> best(answer.probabilities()))
          .containsExactly(0, 1, 2, 1);
    }

    @Test
    void leavesWhenItsFirstWindowHasWaitedLongEnough() throws Exception {
      harness.setProcessingTime(1_000);
      process(window("a", 0, 1));
      harness.setProcessingTime(1_000 + WAIT - 1);
      process(window("b", 0, 2));
      assertThat(answers()).isEmpty();

      harness.setProcessingTime(1_000 + WAIT);

      assertThat(await(2)).extracting(InferredWindow::streamId).containsExactly("a", "b");
    }

    @Test
    void isNotHurriedByTheTimerOfTheOneBefore() throws Exception {
      harness.setProcessingTime(1_000);
      process(window("a", 0, 0), window("a", 1, 0), window("a", 2, 0), window("a", 3, 0));
      await(4);
      harness.setProcessingTime(1_000 + WAIT - 1);
      process(window("b", 0, 0));

      harness.setProcessingTime(1_000 + WAIT);
      assertThat(harness.getTaskMailbox().hasMail()).isFalse();
      assertThat(answers()).hasSize(4);

      harness.setProcessingTime(1_000 + 2 * WAIT - 1);
      assertThat(await(5)).hasSize(5);
    }

    @Test
    void ofOneModelHoldsNoWindowOfAnother() throws Exception {
      float[] beat = new float[100];
      process(
          window("arm", 0, 1),
          window(Modality.ECG, "heart", 0, beat, SignalQuality.GOOD),
          window("arm", 20, 2));

      harness.setProcessingTime(WAIT);

      assertThat(await(3))
          .filteredOn(answer -> answer.modality() == Modality.ECG)
          .singleElement()
          .satisfies(answer -> assertThat(answer.probabilities()).hasSize(2));
    }

    @Test
    void keepsWindowsTooBadForTheModelInTheirPlace() throws Exception {
      process(
          window("a", 0, 2), window("a", 20, 2, BAD), window("a", 40, 1), window("a", 60, 1, BAD));

      List<InferredWindow> answers = await(4);

      assertThat(answers)
          .extracting(InferredWindow::startSample)
          .containsExactly(0L, 20L, 40L, 60L);
      assertThat(answers)
          .extracting(InferredWindow::isAnswered)
          .containsExactly(true, false, true, false);
      assertThat(best(answers.get(2).probabilities())).isEqualTo(1);
    }

    @Test
    void ofNothingButBadWindowsIsAnsweredWithoutTheModel() throws Exception {
      process(window("a", 0, 0, BAD));

      harness.setProcessingTime(WAIT);

      assertThat(await(1).get(0).isAnswered()).isFalse();
    }
  }

  @Nested
  class Draining {
    @Test
    void answersEverythingBeforeTheBarrier() throws Exception {
      process(window("a", 0, 0), window("b", 0, 1));

      harness.prepareSnapshotPreBarrier(1);

      assertThat(answers()).hasSize(2);
    }

    @Test
    void leavesASnapshotWithoutStateFromWhichAnotherStarts() throws Exception {
      process(window("a", 0, 0));
      harness.prepareSnapshotPreBarrier(1);
      var snapshot = harness.snapshot(1, 1);
      harness.close();

      harness = harness();
      harness.initializeState(snapshot);
      harness.open();
      process(window("a", 20, 2));
      harness.prepareSnapshotPreBarrier(2);

      assertThat(answers()).extracting(InferredWindow::startSample).containsExactly(20L);
    }

    @Test
    void answersEverythingAtTheEndOfInput() throws Exception {
      process(window("a", 0, 0), window("b", 0, 1), window("c", 0, 1));

      harness.getOperator().finish();

      assertThat(answers()).hasSize(3);
    }

    @Test
    void keepsOrderWhenMoreComesThanTheModelTakes() throws Exception {
      List<Long> starts = new ArrayList<>();
      for (long start = 0; start < 1_000; start++) {
        process(window("a", start, (int) (start % 3)));
        starts.add(start);
      }

      harness.prepareSnapshotPreBarrier(1);

      assertThat(answers()).extracting(InferredWindow::startSample).isEqualTo(starts);
      assertThat(answers())
          .allSatisfy(
              answer ->
                  assertThat(best(answer.probabilities()))
                      .isEqualTo((int) (answer.startSample() % 3)));
    }
  }

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
      BatchedInferenceTest.this.shadowed(serving, fragile, start, level);
    }

    private void byCanary(long start, int level) throws Exception {
      BatchedInferenceTest.this.byCanary(fragile, serving, start, level);
    }

    private void awaitTheFailure() {
      Awaitility.await()
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
      for (int i = 0; i < 6; i++) {
        SignalWindow window = window(Modality.EMG, "a", 20L * i, input, SignalQuality.GOOD);
        harness.processElement(
            new AssignedWindow(window, fragile, Optional.empty(), Optional.of(serving)), 0);
      }
      harness.prepareSnapshotPreBarrier(1);

      assertThat(answers(WindowRole.SERVES))
          .hasSize(6)
          .noneMatch(InferredWindow::isAnswered)
          .allMatch(answer -> answer.failure().contains("the model fails"));
      assertOneFailureIsTold();
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
      for (int i = 0; i < 2 * BATCH; i++) {
        shadowed(serving, slow, 20L * i, SLOW);
      }
      await(4 * BATCH);
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

      harness.processElement(new AssignedWindow(window("a", 80, SLOW), slow), 0);
      harness.prepareSnapshotPreBarrier(1);

      InferredWindow last = answers().get(2 * BATCH);
      assertThat(last.model()).isEqualTo(slow);
      assertThat(best(last.probabilities())).isEqualTo(SLOW);
    }
  }

  @Test
  void subtasksOfOneProcessShareEachModelAndWarmItUpBeforeTheFirstWindow() throws Exception {
    assertThat(LoadedModels.count()).isEqualTo(2);
    var second = harness();
    second.open();
    assertThat(LoadedModels.count()).isEqualTo(2);

    second.close();
    process(window("a", 0, 2));
    harness.prepareSnapshotPreBarrier(1);

    assertThat(best(answers().get(0).probabilities())).isEqualTo(2);
    assertThat(LoadedModels.count()).isEqualTo(2);

    models =
        ModelCatalogue.read(
            List.of(
                TestModels.writeForSingleWindows(directory, TestModels.emg(Decision.ARG_MAX))
                    .toString()));
    var third = harness();
    assertThatThrownBy(third::open)
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("the model fails on an input of shape (4, 2, 40)");
    third.close();
  }

  @Test
  void modelsThatComeWithTheWindowsAreOpenedAndTheLongestUnusedClosed() throws Exception {
    for (int i = 0; i < 12; i++) {
      Path folder = Files.createDirectories(directory.resolve("release-" + i));
      Decision decision = new Decision(List.of(), i / 100.0, 1);
      ServedModel model =
          ModelFile.read(TestModels.write(folder, TestModels.emg(decision)).toString()).served();
      harness.processElement(new AssignedWindow(window("a", 20L * i, i % 3), model), 0);
    }

    harness.prepareSnapshotPreBarrier(1);

    assertThat(answers()).hasSize(12);
    assertThat(answers()).extracting(answer -> answer.model().sha256()).doesNotHaveDuplicates();
    assertThat(LoadedModels.count()).isLessThanOrEqualTo(6);
  }

  @Test
  void aWindowOfTheWrongSizeIsAProgrammingErrorThatNamesTheStream() {
    assertThatThrownBy(
            () -> process(window(Modality.EMG, "a", 0, new float[7], SignalQuality.GOOD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a window of stream a holds 7 values; the model expects 80");
  }

  private static int best(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
