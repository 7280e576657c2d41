package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowCalibration;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BatchedInferenceTest extends InferenceHarness {
  private static final SignalQuality BAD = new SignalQuality(QualityLevel.BAD, "lead off: ch1");

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
      assertThat(answers()).hasSize(4);
      process(window("b", 20, 0));

      harness.setProcessingTime(1_000 + 2 * WAIT - 1);
      assertThat(await(6)).hasSize(6);
      // It was still there for the window that came behind the timer.
      assertThat(registered.count("batches")).isEqualTo(2);
    }

    @Test
    void hasWaitedLongEnoughAlsoWhenTheClockIsSetBackMeanwhile() throws Exception {
      harness.setProcessingTime(1_000);
      process(window("a", 0, 0), window("a", 20, 0), window("a", 40, 0), window("a", 60, 0));
      process(window("b", 0, 1));
      harness.setProcessingTime(1_000 + WAIT);
      harness.setProcessingTime(1_000 - WAIT);

      assertThat(await(5)).hasSize(5);
    }

    @Test
    void takesNoMoreThanItHolds() throws Exception {
      for (int i = 0; i < 3; i++) {
        harness.getTaskMailbox().put(new Mail(() -> {}, TaskMailbox.MAX_PRIORITY, "not an answer"));
      }
      // Two batches are with the model or wait for it, and a third one is full.
      for (int i = 0; i < 3 * BATCH + 1; i++) {
        process(window("a", 20L * i, i % 3));
      }
      harness.prepareSnapshotPreBarrier(1);

      assertThat(starts(answers())).isEqualTo(starts(3 * BATCH + 1));
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
  class AFullBatchBehindAnother {
    @Test
    void goesToTheModelWithoutTheTask() throws Exception {
      process(eightWindows(0));

      // Nobody takes mail meanwhile, as when the task hands out labels.
      awaitMail(2);
      assertThat(answers()).isEmpty();
      takeMail();
      assertThat(starts(answers())).isEqualTo(starts(8));
    }

    @Test
    void leavesThoseWhoComeMeanwhileInOrder() throws Exception {
      process(eightWindows(0));
      awaitMail(2);
      process(window("a", 160, 1), window("a", 180, 2), window("a", 200, 0));

      harness.prepareSnapshotPreBarrier(1);

      assertThat(starts(answers())).isEqualTo(starts(11));
    }

    @Test
    void isNotAnsweredWhenTheModelFailsBefore() throws Exception {
      Path folder = Files.createDirectories(directory.resolve("fragile"));
      ServedModel fragile =
          ModelFile.read(
                  TestModels.writeFragile(folder, TestModels.emg(Decision.ARG_MAX, "3")).toString())
              .served();
      for (SignalWindow window : eightWindows(2)) {
        harness.processElement(new AssignedWindow(window, fragile), 0);
      }

      assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1))
          .isInstanceOf(ModelRefusedException.class);
      assertThat(answers()).isEmpty();
    }

    private void awaitMail(int calls) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .pollInSameThread()
          .until(() -> harness.getTaskMailbox().size() == calls);
    }

    private SignalWindow[] eightWindows(int levelOfTheFirst) {
      return LongStream.range(0, 8)
          .mapToObj(i -> window("a", 20 * i, i == 0 ? levelOfTheFirst : 1))
          .toArray(SignalWindow[]::new);
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
    void answersEverythingBeforeAWatermark() throws Exception {
      process(window("a", 0, 0), window("b", 0, 1));

      harness.processWatermark(7);

      assertThat(harness.getOutput()).hasSize(3).last().isEqualTo(new Watermark(7));
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
      harness.processElement(new AssignedWindow(window("a", 20L * i, i % 3), release(i)), 0);
    }

    harness.prepareSnapshotPreBarrier(1);

    assertThat(answers()).hasSize(12);
    assertThat(answers()).extracting(answer -> answer.model().sha256()).doesNotHaveDuplicates();
    assertThat(LoadedModels.count()).isLessThanOrEqualTo(6);
    assertThat(registered.paths().stream().filter(path -> path.endsWith(".modelInfo"))).hasSize(6);
    assertThat(registered.count("windowsIn")).isEqualTo(12);
    assertThat(registered.count("windowsInferred")).isEqualTo(12);
  }

  private ServedModel release(int number) throws Exception {
    Path folder = Files.createDirectories(directory.resolve("release-" + number));
    Decision decision = new Decision(List.of(), number / 100.0, 1);
    return ModelFile.read(TestModels.write(folder, TestModels.emg(decision)).toString()).served();
  }

  private boolean isOpen(ServedModel model) {
    return registered.paths().stream()
        .anyMatch(path -> path.endsWith(model.sha256() + ".modelInfo"));
  }

  @Test
  void theLongestUnusedModelIsTheOneThatWasAskedLongestAgo() throws Exception {
    for (int i = 1; i <= 4; i++) {
      harness.processElement(new AssignedWindow(window("a", 20L * i, 1), release(i)), 0);
    }
    process(window("a", 100, 1));
    harness.processElement(new AssignedWindow(window("a", 120, 1), release(5)), 0);

    assertThat(isOpen(models.serving(Modality.EMG).orElseThrow())).isTrue();
    assertThat(isOpen(models.serving(Modality.ECG).orElseThrow())).isFalse();
  }

  @Test
  void modelsWhoseWindowsStillGatherAreNotClosed() throws Exception {
    ServedModel serving = models.serving(Modality.EMG).orElseThrow();
    for (int i = 0; i < 6; i++) {
      shadowed(serving, release(i + 1), 20L * i, 1);
    }
    assertThat(answers(WindowRole.SHADOWS)).isEmpty();

    harness.getOperator().finish();

    assertThat(starts(answers(WindowRole.SERVES_COMPARED))).isEqualTo(starts(6));
    assertThat(answers(WindowRole.SHADOWS))
        .extracting(InferredWindow::startSample)
        .containsExactlyInAnyOrderElementsOf(starts(6));
  }

  @Test
  void aChangeOfModelsAnswersWhatWasCutBeforeFirst() throws Exception {
    ServedModel before = models.serving(Modality.EMG).orElseThrow();
    Path folder = Files.createDirectories(directory.resolve("after"));
    ServedModel after =
        ModelFile.read(
                TestModels.write(folder, TestModels.emg(new Decision(List.of(), 0.5, 1)))
                    .toString())
            .served();
    harness.processElement(new AssignedWindow(window("a", 0, 0), before), 0);
    for (int i = 1; i <= BATCH; i++) {
      harness.processElement(new AssignedWindow(window("a", 20L * i, 0), after).after(1), 0);
    }

    // A full batch of the new model does not pass the one that still gathers.
    assertThat(starts(await(1 + BATCH))).isEqualTo(starts(1 + BATCH));
    assertThat(answers().get(0).model()).isEqualTo(before);
  }

  @Test
  void aWearersCalibrationMovesTheAnswerOfModelsWithItsLabelsOnly() throws Exception {
    ServedModel serving = models.serving(Modality.EMG).orElseThrow();
    ServedModel shadow =
        ModelFile.read(
                TestModels.write(
                        Files.createDirectories(directory.resolve("other-labels")),
                        TestModels.emgWithLabels(List.of("REST", "FIST", "POINT")))
                    .toString())
            .served();
    WindowCalibration saysFist =
        new WindowCalibration("c0ffee", serving.card().labels(), new float[] {0, 100, 0});
    harness.processElement(
        new AssignedWindow(
            window("a", 0, 2), serving, Optional.of(shadow), Optional.empty(), saysFist, 0),
        0);
    process(window("b", 0, 2));
    harness.setProcessingTime(100);

    List<InferredWindow> answers = await(3);

    assertThat(answers)
        .extracting(
            InferredWindow::streamId,
            InferredWindow::role,
            answer -> best(answer.probabilities()),
            InferredWindow::calibration)
        .containsExactlyInAnyOrder(
            tuple("a", WindowRole.SERVES_COMPARED, 1, "c0ffee"),
            tuple("a", WindowRole.SHADOWS, 2, ""),
            tuple("b", WindowRole.SERVES, 2, ""));
  }

  @Test
  void aWindowOfTheWrongSizeIsAProgrammingErrorThatNamesTheStream() {
    assertThatThrownBy(
            () -> process(window(Modality.EMG, "a", 0, new float[7], SignalQuality.GOOD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a window of stream a holds 7 values; the model expects 80");
  }
}
