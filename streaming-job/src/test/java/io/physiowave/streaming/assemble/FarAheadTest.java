package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.testing.ExpectedLabels;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames further ahead than any late or lost one would leave them: a mistake, or an outage. */
class FarAheadTest {
  /** As of a device with a wrong bit. */
  private static final long NOWHERE = 1L << 33;

  /** Where a session goes on after some minutes. */
  private static final int LATER = 100_000;

  private static final long IDLE_MILLIS = AssemblerHarness.OPTIONS.idleTimeout().toMillis();

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

  /** Moves the job's clock on to the frame's arrival, as a job that keeps up sees it. */
  private void accept(long atMillis, SignalFrame frame) throws Exception {
    assembler.advanceTo(atMillis);
    assembler.accept(arrived(frame, atMillis));
  }

  private void accept(long atMillis, long first) throws Exception {
    accept(atMillis, frame("arm", "s", first, 25, false));
  }

  private List<Long> starts() {
    return assembler.windows().stream().map(SignalWindow::startSample).toList();
  }

  private void assertThatFarAheadAre(Long... firstSamples) {
    assertThat(assembler.rejected())
        .allMatch(frame -> frame.reason() == RejectionReason.FAR_AHEAD)
        .extracting(frame -> frame.record().offset())
        .containsExactly(firstSamples);
  }

  private void assertThatWindowsAreThoseOf(int samples) {
    List<CutWindow> offline =
        ExpectedLabels.windows(
            TestModels.emg(Decision.ARG_MAX), TestSignals.session("arm", "s", samples, 25));
    assertThat(assembler.windows())
        .zipSatisfy(
            offline,
            (window, cut) -> {
              assertThat(window.startSample()).isEqualTo(cut.startSample());
              assertThat(window.input()).isEqualTo(cut.input());
              assertThat(window.quality()).isEqualTo(cut.quality());
            })
        .isNotEmpty();
  }

  @Nested
  class Alone {
    @Test
    void doesNotEndTheSessionHoweverLongNothingElseComes() throws Exception {
      accept(0, 0);
      accept(50, NOWHERE);
      assembler.advanceTo(IDLE_MILLIS / 2);
      assembler.restart();
      for (int i = 1; i < 8; i++) {
        accept(IDLE_MILLIS / 2 + i * 125L, 25L * i);
      }
      accept(IDLE_MILLIS / 2 + 1_000, frame("arm", "s", 200, 25, true));

      assertThatWindowsAreThoseOf(225);
      assertThatFarAheadAre(NOWHERE);
      assertThat(assembler.rejected().get(0).message())
          .isEqualTo(
              "first_sample_index is 8589934592, 8589934542 samples ahead of its session, which did"
                  + " not go on from there; a device counts each sample once, lost ones too");
    }

    @Test
    void isNotBorneOutByItsRepetition() throws Exception {
      accept(0, 0);
      accept(50, NOWHERE);
      accept(60, NOWHERE);
      accept(30_000, 25);
      accept(30_125, frame("arm", "s", 50, 25, true));

      assertThatWindowsAreThoseOf(75);
      assertThatFarAheadAre(NOWHERE);
    }

    @Test
    void leavesAMissingFrameTheTimeThatItHas() throws Exception {
      accept(0, 0);
      accept(50, NOWHERE);
      accept(5_000, 50);
      accept(5_010, 75);
      accept(5_090, 25);
      accept(5_200, frame("arm", "s", 100, 25, true));

      assertThatWindowsAreThoseOf(125);
      assertThatFarAheadAre(NOWHERE);
    }

    @Test
    void endsNoSession() throws Exception {
      accept(0, 0);
      accept(50, frame("arm", "s", NOWHERE, 0, true));
      accept(30_000, 25);
      accept(30_125, frame("arm", "s", 50, 25, true));

      assertThatWindowsAreThoseOf(75);
      assertThatFarAheadAre(NOWHERE);
    }

    @Test
    void isHandedBackWhenTheStreamFallsSilent() throws Exception {
      accept(0, 0);
      accept(125, frame("arm", "s", 25, 30, false));
      accept(200, NOWHERE);
      assertThat(assembler.timers()).isEqualTo(1);

      assembler.advanceTo(IDLE_MILLIS + 200);

      assertThat(starts()).containsExactly(0L);
      assertThatFarAheadAre(NOWHERE);
      assertThat(assembler.stateEntries()).isZero();
    }

    @Test
    void isHandedBackWhenAnotherSessionBegins() throws Exception {
      accept(0, 0);
      accept(50, NOWHERE);
      accept(60, frame("arm", "t", 0, 40, false));

      assertThat(starts()).containsExactly(0L);
      assertThatFarAheadAre(NOWHERE);
    }

    @Test
    void isHandedBackWhenItsSessionEnds() throws Exception {
      accept(0, frame("arm", "s", 0, 40, false));
      accept(50, NOWHERE);
      accept(60, frame("arm", "s", 40, 0, true));

      assertThat(starts()).containsExactly(0L);
      assertThatFarAheadAre(NOWHERE);
    }

    @Test
    void isNotWhereASessionBeginsThatIsJoinedInItsMiddle() throws Exception {
      accept(0, NOWHERE);
      accept(20_000, LATER);
      accept(20_125, LATER + 25);
      accept(20_250, LATER + 50);

      assertThat(starts()).containsExactly((long) LATER, LATER + 20L);
      accept(20_375, LATER + 75);
      assertThatFarAheadAre(NOWHERE);
    }

    @Test
    void leavesRoomForOthers() throws Exception {
      int most = AssemblerHarness.OPTIONS.reorderFrames();
      accept(0, 0);
      for (int i = 0; i < most + 2; i++) {
        accept(10 + i, NOWHERE + 100_000L * i);
      }

      assertThatFarAheadAre(NOWHERE, NOWHERE + 100_000);
      accept(30_000, 25);
      assertThat(assembler.rejected()).hasSize(most + 2);
      accept(30_125, frame("arm", "s", 50, 25, true));
      assertThatWindowsAreThoseOf(75);
    }
  }

  @Nested
  class AfterAnOutage {
    @Test
    void theSecondFrameBearsTheFirstOutAndNothingIsLost() throws Exception {
      accept(0, frame("arm", "s", 0, 40, false));
      accept(500_000, LATER);
      assembler.advanceTo(500_124);
      assertThat(starts()).containsExactly(0L);

      accept(500_125, LATER + 25);

      assertThat(starts()).containsExactly(0L, (long) LATER);
      accept(500_250, LATER + 50);
      assertThat(starts()).containsExactly(0L, (long) LATER, LATER + 20L);
      assertThat(assembler.rejected()).isEmpty();
    }

    @Test
    void framesThatComeFasterAreWaitedForAsOthersAre() throws Exception {
      accept(0, frame("arm", "s", 0, 40, false));
      accept(500_000, LATER + 25);
      accept(500_020, LATER + 50);
      accept(500_060, LATER);

      assembler.advanceTo(500_119);
      assertThat(starts()).containsExactly(0L);
      assembler.advanceTo(500_120);

      assertThat(starts()).containsExactly(0L, (long) LATER, LATER + 20L);
      assertThat(assembler.rejected()).isEmpty();
    }

    @Test
    void theSessionsEndIsBorneOutByTheFrameBeforeIt() throws Exception {
      accept(0, frame("arm", "s", 0, 40, false));
      accept(500_000, frame("arm", "s", LATER, 40, false));
      accept(500_200, frame("arm", "s", LATER + 40, 0, true));
      accept(500_300, LATER + 40);

      assertThat(starts()).containsExactly(0L, (long) LATER);
      assertThat(assembler.rejected())
          .singleElement()
          .satisfies(late -> assertThat(late.reason()).isEqualTo(RejectionReason.LATE));
    }

    @Test
    void whatIsAloneInBetweenIsHandedBack() throws Exception {
      accept(0, frame("arm", "s", 0, 40, false));
      accept(250_000, LATER / 2);
      accept(500_000, LATER);
      accept(500_125, LATER + 25);

      assertThat(starts()).containsExactly(0L, (long) LATER);
      assertThatFarAheadAre(LATER / 2L);
    }
  }
}
