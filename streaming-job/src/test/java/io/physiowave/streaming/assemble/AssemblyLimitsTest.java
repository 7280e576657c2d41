package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.RATE;
import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.SignalWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens exactly at the assembler's limits, and what is counted of it. */
class AssemblyLimitsTest {
  private static final int LENGTH = 20;
  private static final long START = 1_000_000;

  @TempDir Path directory;
  private AssemblerHarness assembler;

  @BeforeEach
  void open() throws Exception {
    assembler = new AssemblerHarness(directory);
    assembler.advanceTo(START);
  }

  @AfterEach
  void close() throws Exception {
    assembler.close();
  }

  /** Frame number {@code i} of a session of equal frames. */
  private void send(int i) throws Exception {
    send(frame("arm", "s", (long) i * LENGTH, LENGTH, false));
  }

  private void send(SignalFrame frame) throws Exception {
    assembler.accept(arrived(frame, START));
  }

  @Nested
  class AtItsLimit {
    @Test
    void theBufferStillWaits() throws Exception {
      int most = AssemblerHarness.OPTIONS.reorderFrames();
      send(0);
      for (int i = 2; i < most + 2; i++) {
        send(i);
      }
      assertThat(assembler.metrics().gaps.getCount()).isZero();

      send(most + 2);
      assertThat(assembler.metrics().gaps.getCount()).isEqualTo(1);
    }

    @Test
    void theBufferOfLongFramesStillWaits() throws Exception {
      // Two channels of float32, as a record and decoded: 0.96 MB.
      int length = 60_000;
      send(0);
      for (int i = 0; i < 8; i++) {
        send(frame("arm", "s", 2 * LENGTH + (long) i * length, length, false));
      }
      assertThat(assembler.metrics().gaps.getCount()).isZero();

      send(frame("arm", "s", 2 * LENGTH + 8L * length, length, false));
      assertThat(assembler.metrics().gaps.getCount()).isEqualTo(1);
    }

    @Test
    void aFrameIsNotYetFarBehind() throws Exception {
      long limit = AssemblerHarness.OPTIONS.maximumLateness().toSeconds() * (long) RATE;
      send(frame("arm", "s", 0, (int) limit + LENGTH, false));

      send(0);
      assertThat(assembler.rejected()).isEmpty();
      assertThat(assembler.metrics().framesDuplicate.getCount()).isEqualTo(1);

      send(frame("arm", "s", 0, LENGTH - 1, false));
      assertThat(assembler.rejected().get(0).reason()).isEqualTo(RejectionReason.FAR_BEHIND);
    }

    @Test
    void whatAFloodWasRefusedDoesNotCountAgainstIt() throws Exception {
      AssemblerHarness strict = assembler.refusingFloods(1, Duration.ofSeconds(1));
      int burst = (int) RATE / LENGTH;
      for (int i = 0; i < 3 * burst; i++) {
        strict.accept(arrived(frame("arm", "s", (long) i * LENGTH, LENGTH, false), START));
      }
      assertThat(strict.rejected()).hasSize(2 * burst);

      // By then exactly one frame has run out.
      long later = START + Math.round(LENGTH * 1000 / RATE);
      strict.accept(arrived(frame("arm", "s", 3L * burst * LENGTH, LENGTH, false), later));
      assertThat(strict.rejected()).hasSize(2 * burst);
      strict.close();
    }
  }

  @Nested
  class AreCounted {
    @Test
    void gapsByTheirSamplesAndWhatComesTooLateForThem() throws Exception {
      send(0);
      send(3);
      send(4);
      assembler.advanceTo(START + 1_000);
      assertThat(assembler.metrics().gaps.getCount()).isEqualTo(1);
      assertThat(assembler.metrics().samplesLost.getCount()).isEqualTo(2 * LENGTH);
      assertThat(assembler.metrics().framesReordered.getCount()).isEqualTo(2);

      send(1);
      assertThat(assembler.metrics().framesLate.getCount()).isEqualTo(1);
      assertThat(assembler.metrics().framesDuplicate.getCount()).isZero();
    }

    @Test
    void duplicatesAlsoOfFramesThatWaitAndBehindTheSessionsEnd() throws Exception {
      send(0);
      send(2);
      send(2);
      assertThat(assembler.metrics().framesDuplicate.getCount()).isEqualTo(1);
      assertThat(assembler.metrics().framesReordered.getCount()).isEqualTo(1);

      send(1);
      SignalFrame last = frame("arm", "s", 3 * LENGTH, LENGTH, true);
      send(last);
      send(last);
      assertThat(assembler.metrics().framesDuplicate.getCount()).isEqualTo(2);
      assertThat(assembler.metrics().framesLate.getCount()).isZero();
      assertThat(assembler.rejected()).isEmpty();
    }

    @Test
    void streamsThatAreForgotten() throws Exception {
      send(0);
      assembler.advanceTo(START + AssemblerHarness.OPTIONS.idleTimeout().toMillis() - 1);
      assertThat(assembler.metrics().streamsExpired.getCount()).isZero();

      assembler.advanceTo(START + AssemblerHarness.OPTIONS.idleTimeout().toMillis());
      assertThat(assembler.metrics().streamsExpired.getCount()).isEqualTo(1);
    }
  }

  @Test
  void windowsOfADeviceWithoutAClockAreDatedByTheGateway() throws Exception {
    SignalFrame frame = frame("arm", "s", 0, 200, false);
    send(
        new SignalFrame(
            frame.streamId(),
            frame.sessionId(),
            frame.modality(),
            0,
            0,
            7_000_000,
            frame.sampleRateHz(),
            frame.channels(),
            frame.unit(),
            frame.samples(),
            new BitSet(),
            false));

    SignalWindow first = assembler.windows().get(0);
    assertThat(first.startMicros())
        .isEqualTo(7_000_000 + Math.round((first.startSample() - 200) * 1e6 / RATE));
  }
}
