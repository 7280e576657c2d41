package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that no window will ever hold: none is lost without a word, none ends a session. */
class StrayFramesTest {
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

  private List<RejectionReason> reasons() {
    return assembler.rejected().stream().map(RejectedFrame::reason).toList();
  }

  @Test
  void ofAnyOfTheLastSessionsDoNotEndThePresentOne() throws Exception {
    for (int session = 1; session <= EarlierSessions.MAXIMUM; session++) {
      accept(frame("arm", "s" + session, 0, 40, false));
    }
    accept(frame("arm", "present", 0, 40, false));
    assembler.restart();

    for (int session = 1; session <= EarlierSessions.MAXIMUM; session++) {
      accept(frame("arm", "s" + session, 0, 40, false), frame("arm", "s" + session, 40, 40, true));
    }
    accept(frame("arm", "present", 40, 40, false));

    assertThat(assembler.windows())
        .filteredOn(window -> window.sessionId().equals("present"))
        .extracting(SignalWindow::startSample)
        .containsExactly(0L, 20L, 40L);
    assertThat(reasons()).hasSize(2 * EarlierSessions.MAXIMUM).containsOnly(RejectionReason.LATE);
  }

  @Test
  void ofAnyGapThatWasGivenUpAreHandedBackAndRepeatedOnesAreNot() throws Exception {
    int gaps = 3;
    for (int i = 0; i <= gaps; i++) {
      accept(frame("arm", "s", 80L * i, 40, false));
      assembler.advanceTo(1_000 * (i + 1L));
    }
    assembler.restart();
    for (int i = 0; i < gaps; i++) {
      accept(frame("arm", "s", 80L * i, 40, false), frame("arm", "s", 80L * i + 40, 40, false));
    }

    assertThat(reasons()).isEqualTo(Collections.nCopies(gaps, RejectionReason.LATE));
    assertThat(assembler.rejected().get(0).message())
        .isEqualTo("samples 40 to 79 came after they were given up");
    assertThat(assembler.metrics().framesDuplicate.getCount()).isEqualTo(gaps);
  }

  @Test
  void ofBeforeTheSampleAtWhichASessionWasJoinedAreHandedBack() throws Exception {
    accept(frame("arm", "s", 400, 40, false));
    assembler.advanceTo(100);
    accept(frame("arm", "s", 360, 40, false), frame("arm", "s", 400, 40, false));

    assertThat(reasons()).containsExactly(RejectionReason.LATE);
    assertThat(assembler.metrics().framesDuplicate.getCount()).isEqualTo(1);
    assertThat(assembler.metrics().samplesLost.getCount()).isZero();
  }

  @Test
  void thatWaitGiveWayToARepetitionThatEndsTheSession() throws Exception {
    accept(
        frame("arm", "s", 0, 40, false),
        frame("arm", "s", 80, 40, false),
        frame("arm", "s", 80, 40, true),
        frame("arm", "s", 80, 40, false),
        frame("arm", "s", 40, 40, false));

    accept(frame("arm", "s", 120, 40, false));

    assertThat(assembler.rejected())
        .singleElement()
        .extracting(RejectedFrame::message)
        .isEqualTo("samples 120 to 159 came after the session's end at 120");
  }

  @Test
  void ofASessionThatIsJoinedWhileAnotherOneWaitsHaveAWaitOfTheirOwn() throws Exception {
    accept(frame("arm", "s", 400, 40, false));
    assembler.advanceTo(90);
    accept(frame("arm", "t", 600, 40, false));
    assembler.advanceTo(150);
    accept(frame("arm", "t", 560, 40, false));
    assembler.advanceTo(1_000);

    assertThat(reasons()).isEmpty();
    assertThat(assembler.windows())
        .filteredOn(window -> window.sessionId().equals("t"))
        .extracting(SignalWindow::startSample)
        .containsExactly(560L, 580L, 600L);
  }

  @Test
  void whoseModelGoesWhileTheyWaitAreHandedBack() throws Exception {
    accept(frame("arm", "s", 0, 60, false), frame("arm", "s", 80, 20, false));
    assembler.change(ofAnotherChannel());
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(assembler::hasNoPendingModel);

    assembler.advanceTo(200);

    assertThat(reasons()).containsExactly(RejectionReason.MODEL_MISMATCH);
    assertThat(assembler.rejected().get(0).message()).contains("test-emg").contains("ch9");
    // What remains is the one that forgets a silent stream.
    assertThat(assembler.timers()).isEqualTo(1);
  }

  @Test
  void whoseModelGoesBeforeAnotherSessionAreHandedBack() throws Exception {
    accept(frame("arm", "s", 0, 60, false), frame("arm", "s", 80, 20, false));
    assembler.change(ofAnotherChannel());
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(assembler::hasNoPendingModel);

    accept(renamed(frame("arm", "t", 0, 40, false)));

    assertThat(reasons()).containsExactly(RejectionReason.MODEL_MISMATCH);
    assertThat(assembler.windows()).last().extracting(SignalWindow::sessionId).isEqualTo("t");
  }

  @Test
  void whoseModelComesBackGoOnBehindTheGap() throws Exception {
    ServedModel first = assembler.models().models().get(0);
    accept(frame("arm", "s", 0, 60, false));
    assembler.change(ofAnotherChannel());
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(assembler::hasNoPendingModel);
    accept(frame("arm", "s", 60, 200, false));
    assembler.change(first);

    accept(frame("arm", "s", 260, 60, false));
    assembler.advanceTo(200);

    assertThat(reasons()).containsExactly(RejectionReason.MODEL_MISMATCH);
    assertThat(assembler.windows())
        .extracting(SignalWindow::startSample)
        .containsExactly(0L, 20L, 260L, 280L);
  }

  private ServedModel ofAnotherChannel() throws Exception {
    Path folder = Files.createTempDirectory(directory, "other");
    return ModelFile.read(
            TestModels.write(
                    folder, TestModels.emgOf(Decision.ARG_MAX, List.of(ModelChannel.named("ch9"))))
                .toString())
        .served();
  }

  private static SignalFrame renamed(SignalFrame frame) {
    return new SignalFrame(
        frame.streamId(),
        frame.sessionId(),
        frame.modality(),
        frame.firstSampleIndex(),
        frame.deviceTimeMicros(),
        frame.gatewayTimeMicros(),
        frame.sampleRateHz(),
        List.of("ch9", "ch2"),
        frame.unit(),
        frame.samples(),
        frame.leadOff(),
        frame.endOfSession());
  }
}
