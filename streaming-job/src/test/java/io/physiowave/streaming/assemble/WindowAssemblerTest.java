package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.Canary;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCandidates;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.TestFileSystem;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ListAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowAssemblerTest {
  private static final int LENGTH = 25;

  @TempDir Path directory;

  private AssemblerHarness assembler;

  @BeforeEach
  void open() throws Exception {
    assembler = new AssemblerHarness(directory);
  }

  @AfterEach
  void close() throws Exception {
    assembler.close();
  }

  private void accept(SignalFrame... frames) throws Exception {
    for (SignalFrame frame : frames) {
      assembler.accept(arrived(frame));
    }
  }

  private static List<CutWindow> offline(List<SignalFrame> session) {
    return ExpectedLabels.windows(TestModels.emg(Decision.ARG_MAX), session);
  }

  private static List<SignalFrame> session(int samples) {
    return TestSignals.session("arm", "s", samples, LENGTH);
  }

  private ListAssert<SignalWindow> assertThatWindowsEqual(List<CutWindow> expected) {
    return assertThat(assembler.windows())
        .zipSatisfy(
            expected,
            (window, cut) -> {
              assertThat(window.startSample()).isEqualTo(cut.startSample());
              assertThat(window.endSample()).isEqualTo(cut.endSample());
              assertThat(window.input()).isEqualTo(cut.input());
              assertThat(window.quality()).isEqualTo(cut.quality());
            });
  }

  private void assertThatRejectedIs(RejectionReason reason, String message) {
    assertThat(assembler.rejected())
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.reason()).isEqualTo(reason);
              assertThat(frame.message()).isEqualTo(message);
            });
  }

  @Nested
  class Order {
    @Test
    void ofFramesIsThatOfTheirSamplesNotOfTheirArrival() throws Exception {
      List<SignalFrame> frames = session(400);
      List<SignalFrame> shuffled = session(400);
      for (int i = 1; i + 2 < shuffled.size(); i += 3) {
        Collections.swap(shuffled, i, i + 1);
      }

      accept(shuffled.toArray(SignalFrame[]::new));

      assertThatWindowsEqual(offline(frames)).isNotEmpty();
    }

    @Test
    void duplicatesAndOverlapsAddNothing() throws Exception {
      accept(
          frame("arm", "s", 0, 60, false),
          frame("arm", "s", 0, 60, false),
          frame("arm", "s", 30, 60, false),
          frame("arm", "s", 10, 20, false),
          frame("arm", "s", 80, 40, true));

      assertThatWindowsEqual(offline(session(120))).isNotEmpty();
      assertThat(assembler.rejected()).isEmpty();
    }

    @Test
    void duplicatesAreHandedBackWhereThatIsWanted() throws Exception {
      AssemblerHarness strict = assembler.rejectingDuplicates();
      for (SignalFrame frame :
          List.of(
              frame("arm", "s", 0, 60, false),
              frame("arm", "s", 30, 60, false),
              frame("arm", "s", 10, 20, false))) {
        strict.accept(arrived(frame));
      }

      assertThat(strict.rejected())
          .singleElement()
          .satisfies(
              frame -> {
                assertThat(frame.reason()).isEqualTo(RejectionReason.DUPLICATE);
                assertThat(frame.message()).isEqualTo("samples 10 to 29 came before");
              });
      strict.close();
    }

    @Test
    void aMissingFrameIsWaitedForAndThenGivenUp() throws Exception {
      accept(frame("arm", "s", 0, 100, false), frame("arm", "s", 125, 100, false));
      assertThat(assembler.windows()).hasSize(4);

      assembler.advanceTo(99);
      assertThat(assembler.windows()).hasSize(4);
      assembler.advanceTo(100);

      assertThat(assembler.windows()).hasSizeGreaterThan(4);
      accept(frame("arm", "s", 100, 25, false));
      assertThatRejectedIs(
          RejectionReason.LATE, "samples 100 to 124 came after they were given up");
    }

    @Test
    void aMissingFrameIsGivenUpByTheArrivalOfLaterOnesAsInAReplay() throws Exception {
      assembler.accept(arrived(frame("arm", "s", 0, 100, false), 1_000));
      assembler.accept(arrived(frame("arm", "s", 125, 100, false), 1_010));
      assembler.accept(arrived(frame("arm", "s", 225, 25, false), 1_109));
      assertThat(assembler.windows()).hasSize(4);

      assembler.accept(arrived(frame("arm", "s", 100, 25, false), 1_110));

      assertThat(assembler.windows()).hasSizeGreaterThan(4);
      assertThat(assembler.windows().get(4).quality().reason()).contains("lost");
    }

    @Test
    void aSecondMissingFrameIsWaitedForAsLongAsTheFirst() throws Exception {
      assembler.accept(arrived(frame("arm", "s", 0, 100, false), 1_000));
      assembler.accept(arrived(frame("arm", "s", 125, 25, false), 1_010));
      assembler.accept(arrived(frame("arm", "s", 175, 25, false), 1_108));
      // The first gap is given up now; the second has been one for 2 ms only.
      assembler.accept(arrived(frame("arm", "s", 200, 25, false), 1_110));
      assembler.accept(arrived(frame("arm", "s", 150, 25, false), 1_112));

      assertThat(assembler.rejected()).isEmpty();
    }

    @Test
    void aFullBufferGivesUpWithoutWaiting() throws Exception {
      accept(frame("arm", "s", 0, 100, false));
      for (int i = 0; i <= AssemblerHarness.OPTIONS.reorderFrames(); i++) {
        assembler.accept(arrived(frame("arm", "s", 110 + i * 10L, 10, false), 0));
      }

      assertThat(assembler.windows()).hasSizeGreaterThan(4);
    }

    @Test
    void aSessionThatIsJoinedInItsMiddleBeginsAfterTheWait() throws Exception {
      assembler.accept(arrived(frame("arm", "s", 1_000, 100, false), 0));
      assembler.accept(arrived(frame("arm", "s", 1_100, 100, false), 50));
      assertThat(assembler.windows()).isEmpty();

      assembler.advanceTo(100);

      assertThat(assembler.windows()).isNotEmpty();
      assertThat(assembler.windows().get(0).startSample()).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void aFrameFarAheadDoesNotHoldUpTheSession() throws Exception {
      List<SignalFrame> frames = session(400);
      accept(frames.get(0), frame("arm", "s", 1L << 40, 10, false));
      assembler.advanceTo(50);
      accept(frames.subList(1, 8).toArray(SignalFrame[]::new));
      assembler.advanceTo(100);
      accept(frames.subList(8, 16).toArray(SignalFrame[]::new));

      assertThatWindowsEqual(offline(frames)).isNotEmpty();
    }
  }

  @Nested
  class Sessions {
    @Test
    void ofOneStreamFollowEachOther() throws Exception {
      List<SignalFrame> first = TestSignals.session("arm", "one", 100, LENGTH);
      List<SignalFrame> second = TestSignals.session("arm", "two", 100, LENGTH);

      accept(first.subList(0, 3).toArray(SignalFrame[]::new));
      accept(second.toArray(SignalFrame[]::new));
      accept(first.get(3));

      assertThat(assembler.windows())
          .extracting(SignalWindow::sessionId)
          .startsWith("one")
          .endsWith("two")
          .isSorted();
      assertThatRejectedIs(
          RejectionReason.LATE,
          "samples 75 to 99 are of session 'one', which another one followed");
    }

    @Test
    void thatEndedTakeNoMoreFrames() throws Exception {
      accept(session(200).toArray(SignalFrame[]::new));
      int windows = assembler.windows().size();

      accept(session(200).toArray(SignalFrame[]::new));

      assertThat(assembler.windows()).hasSize(windows);
    }

    @Test
    void endWithAnEmptyFrameToo() throws Exception {
      accept(frame("arm", "s", 0, 100, false), frame("arm", "s", 100, 0, true));
      accept(frame("arm", "s", 100, 100, false));

      assertThat(assembler.windows()).hasSize(4);
      assertThatRejectedIs(
          RejectionReason.LATE, "samples 100 to 199 came after the session's end at 100");
    }

    @Test
    void keepTheirChannelsAndRate() throws Exception {
      SignalFrame changed = frame("arm", "s", 100, 50, false);
      changed =
          new SignalFrame(
              "arm",
              "s",
              changed.modality(),
              100,
              0,
              0,
              500,
              changed.channels(),
              "mV",
              changed.samples(),
              changed.leadOff(),
              false);

      accept(frame("arm", "s", 0, 100, false), changed);

      assertThat(assembler.rejected())
          .singleElement()
          .satisfies(
              frame -> {
                assertThat(frame.reason()).isEqualTo(RejectionReason.LAYOUT_CHANGED);
                assertThat(frame.message()).contains("500.0 Hz").contains("200.0 Hz");
              });
    }

    @Test
    void whoseCountRestartsAreRejectedInsteadOfDroppedSilently() throws Exception {
      accept(frame("arm", "s", 0, 4_000, false), frame("arm", "s", 0, 100, false));

      assertThat(assembler.rejected())
          .singleElement()
          .extracting(RejectedFrame::reason)
          .isEqualTo(RejectionReason.FAR_BEHIND);
    }
  }

  @Nested
  class Models {
    private ServedModel variant(Decision decision) throws Exception {
      Path other = Files.createTempDirectory(directory, "other");
      return ModelFile.read(TestModels.write(other, TestModels.emg(decision)).toString()).served();
    }

    @Test
    void thatCannotReadAStreamRejectItsFramesAndCostNoMemory() throws Exception {
      SignalFrame frame = frame("arm", "s", 0, 10, false);

      accept(
          relabelled(frame, Modality.EEG, frame.channels()),
          relabelled(frame, Modality.EMG, List.of("left", "right")));

      assertThat(assembler.rejected())
          .extracting(RejectedFrame::reason)
          .containsExactly(RejectionReason.NO_MODEL, RejectionReason.MODEL_MISMATCH);
      assertThat(assembler.rejected().get(1).message()).contains("test-emg").contains("left");
      assertThat(assembler.stateEntries()).isZero();
    }

    private SignalFrame relabelled(SignalFrame frame, Modality modality, List<String> channels) {
      return new SignalFrame(
          "arm",
          "s",
          modality,
          0,
          0,
          0,
          200,
          channels,
          "mV",
          frame.samples(),
          frame.leadOff(),
          false);
    }

    private void change(ModelCandidates candidates) throws Exception {
      assembler.change(new ModelAssignment("test-emg", Optional.empty(), candidates, 0, 0));
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(assembler::hasNoPendingModel);
    }

    @Test
    void onTrialTakeTheirShareOfTheStreamsAndKeepItAcrossARestart() throws Exception {
      ServedModel next = variant(new Decision(List.of(), 0.5, 1));
      Canary canary = new Canary(next, 0.4);
      change(new ModelCandidates(Optional.empty(), Optional.of(canary)));
      for (int stream = 0; stream < 50; stream++) {
        accept(frame("arm-" + stream, "s", 0, 40, false));
      }
      assembler.restart();
      for (int stream = 0; stream < 50; stream++) {
        accept(frame("arm-" + stream, "s", 40, 20, false));
      }

      assertThat(assembler.assigned())
          .hasSize(100)
          .allSatisfy(
              window ->
                  assertThat(window.model().equals(next))
                      .isEqualTo(canary.takes(window.window().streamId())))
          .anyMatch(window -> window.model().equals(next));

      change(ModelCandidates.NONE);
      accept(frame("arm-0", "s", 60, 20, false), frame("arm-1", "s", 60, 20, false));
      assertThat(assembler.assigned().subList(100, 102))
          .noneMatch(window -> window.model().equals(next));
    }

    @Test
    void onTrialThatCannotBeLoadedAreLeftOutAndToldAlsoAfterARestart() throws Exception {
      ServedModel gone = variant(new Decision(List.of(), 0.5, 1));
      Files.delete(Path.of(gone.location()));
      Canary canary = new Canary(gone, 0.99);
      assertThat(canary.takes("arm")).isTrue();

      change(new ModelCandidates(Optional.of(gone), Optional.of(canary)));
      accept(frame("arm", "s", 0, 40, false));
      assertThat(assembler.failed()).containsExactly(gone);
      assembler.restart();
      accept(frame("arm", "s", 40, 20, false));

      assertThat(assembler.failed()).containsExactly(gone);
      assertThat(assembler.assigned())
          .hasSize(2)
          .noneMatch(window -> window.model().equals(gone))
          .allMatch(window -> window.shadow().isEmpty());
    }

    @Test
    void onTrialThatHangWhileLoadingHoldNobodyUpAndAreTold() throws Exception {
      assembler.close();
      assembler = assembler.waitingForTrials(Duration.ofMillis(50));
      Path file = Path.of(variant(new Decision(List.of(), 0.5, 1)).location());
      ServedModel hung = ModelFile.read(TestFileSystem.address(file)).served();
      Canary canary = new Canary(hung, 0.99);
      assertThat(canary.takes("arm")).isTrue();
      ServedModel next = variant(new Decision(List.of(), 0.6, 1));

      TestFileSystem.Held held = TestFileSystem.hold(file);
      try {
        change(new ModelCandidates(Optional.empty(), Optional.of(canary)));
        accept(frame("arm", "s", 0, 40, false));
        assertThat(assembler.failed()).containsExactly(hung);
        assembler.restart();
        accept(frame("arm", "s", 40, 20, false));
        assertThat(assembler.failed()).containsExactly(hung);
        assertThat(assembler.assigned())
            .hasSize(2)
            .noneMatch(window -> window.model().equals(hung));

        // The one that hangs stands before it, and is given up.
        assembler.change(next);
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(assembler::hasNoPendingModel);
        accept(frame("arm", "s", 60, 20, false));
        assertThat(assembler.assigned().get(2).model()).isEqualTo(next);
      } finally {
        held.close();
      }
    }

    @Test
    void thatRunBesideAnswerTheWindowsOfTheServingOne() throws Exception {
      ServedModel next = variant(new Decision(List.of(), 0.5, 1));
      accept(frame("arm", "s", 0, 60, false));
      change(new ModelCandidates(Optional.of(next), Optional.empty()));
      accept(frame("arm", "s", 60, 40, false));

      assertThat(assembler.assigned())
          .extracting(AssignedWindow::shadow)
          .containsExactly(
              Optional.empty(), Optional.empty(), Optional.of(next), Optional.of(next));
    }

    @Test
    void changeBetweenTwoWindowsWithoutLosingOne() throws Exception {
      ServedModel next = variant(new Decision(List.of(), 0.5, 1));
      List<SignalFrame> frames = session(600);
      accept(frames.subList(0, 8).toArray(SignalFrame[]::new));
      ServedModel before = assembler.assigned().get(0).model();
      int windows = assembler.assigned().size();

      assembler.change(next);
      List<SignalFrame> rest = frames.subList(8, frames.size());
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(assembler::hasNoPendingModel);
      accept(rest.toArray(SignalFrame[]::new));

      assertThatWindowsEqual(offline(frames));
      assertThat(assembler.assigned().subList(0, windows))
          .allSatisfy(window -> assertThat(window.model()).isEqualTo(before));
      assertThat(assembler.assigned().subList(windows, assembler.assigned().size()))
          .isNotEmpty()
          .allSatisfy(window -> assertThat(window.model()).isEqualTo(next));
    }

    @Test
    void thatWereChangedServeAfterARestart() throws Exception {
      ServedModel next = variant(new Decision(List.of(), 0.5, 1));
      accept(frame("arm", "s", 0, 100, false));
      assembler.change(next);

      assembler.restart();
      accept(frame("arm", "s", 100, 100, false));

      assertThat(assembler.assigned().get(assembler.assigned().size() - 1).model()).isEqualTo(next);
    }
  }

  @Nested
  class AFileThatIsGone {
    @Test
    void stopsTheTaskUntilItIsBackRatherThanHaveAnotherModelServe() throws Exception {
      Path folder = Files.createTempDirectory(directory, "gone");
      ServedModel next =
          ModelFile.read(
                  TestModels.write(folder, TestModels.emg(new Decision(List.of(), 0.5, 1)))
                      .toString())
              .served();
      byte[] file = Files.readAllBytes(Path.of(next.location()));
      assembler.change(next);
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(assembler::hasNoPendingModel);
      accept(frame("arm", "s", 0, 40, false));

      Files.delete(Path.of(next.location()));
      assembler.restart();
      assertThatThrownBy(() -> accept(frame("arm", "s", 40, 20, false)))
          .hasStackTraceContaining(next.location() + ": no such model file");

      Files.write(Path.of(next.location()), file);
      assembler.restart();
      accept(frame("arm", "s", 40, 20, false));
      assertThat(assembler.assigned()).hasSize(2).allMatch(window -> window.model().equals(next));
    }
  }

  @Nested
  class Dates {
    @Test
    void comeFromTheDevicesClock() throws Exception {
      accept(session(100).toArray(SignalFrame[]::new));

      assertThat(assembler.windows())
          .allSatisfy(
              window -> {
                assertThat(window.startMicros())
                    .isEqualTo(TestSignals.START_MICROS + window.startSample() * 5_000);
                assertThat(window.endMicros() - window.startMicros()).isEqualTo(200_000);
              });
    }

    @Test
    void ofArrivalAreThoseOfTheFrameThatCompletedTheWindow() throws Exception {
      assembler.accept(arrived(frame("arm", "s", 0, 39, false), 1_000));
      assembler.accept(arrived(frame("arm", "s", 39, 1, false), 1_007));

      assertThat(assembler.windows())
          .singleElement()
          .extracting(SignalWindow::arrivalMicros)
          .isEqualTo(1_007_000L);
    }
  }

  @Nested
  class Memory {
    @Test
    void ofASilentStreamIsGivenBack() throws Exception {
      accept(frame("arm", "s", 0, 100, false), frame("arm", "s", 110, 10, false));
      assertThat(assembler.timers()).isEqualTo(2);

      assembler.advanceTo(59_999);
      assertThat(assembler.stateEntries()).isEqualTo(1);
      assembler.advanceTo(60_000);

      assertThat(assembler.stateEntries()).isZero();
      assertThat(assembler.timers()).isZero();
    }

    @Test
    void ofAStreamThatIsStillHeardIsKept() throws Exception {
      accept(frame("arm", "s", 0, 100, false));
      assembler.advanceTo(30_000);
      accept(frame("arm", "s", 100, 100, false));

      assembler.advanceTo(60_000);
      assertThat(assembler.stateEntries()).isEqualTo(1);
      assembler.advanceTo(90_000);

      assertThat(assembler.stateEntries()).isZero();
    }

    @Test
    void doesNotGrowWithTheSession() throws Exception {
      accept(frame("arm", "s", 0, 2_000, false));
      long early = assembler.stateBytes();

      for (int i = 1; i < 40; i++) {
        accept(frame("arm", "s", i * 2_000L, 2_000, false));
      }

      assertThat(assembler.stateBytes()).isLessThan(early + 2_000);
      assertThat(assembler.timers()).isEqualTo(1);
    }
  }
}
