package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.RejectionReason;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that sends faster than its device samples. */
class FloodTest {
  private static final int LENGTH = 25;

  @TempDir Path directory;

  /** Twice real time for long, and two seconds at once. */
  private AssemblerHarness strict;

  @BeforeEach
  void limit() throws Exception {
    AssemblerHarness usual = new AssemblerHarness(directory);
    strict = usual.refusingFloods(2, Duration.ofSeconds(2));
    usual.close();
  }

  @AfterEach
  void close() throws Exception {
    strict.close();
  }

  private long refused() {
    return strict.rejected().stream()
        .filter(frame -> frame.reason() == RejectionReason.FLOOD)
        .count();
  }

  private void send(String stream, int frames, long millisBetween) throws Exception {
    for (int i = 0; i < frames; i++) {
      strict.accept(
          arrived(
              frame(stream, "s", (long) i * LENGTH, LENGTH, false), 1_000_000 + i * millisBetween));
    }
  }

  @Test
  void isRefusedAboveTheBurstWhereItComesAtOnce() throws Exception {
    // 25 samples at 200 Hz are 125 ms: 16 frames are the two seconds.
    send("arm", 20, 0);

    assertThat(refused()).isEqualTo(4);
    assertThat(strict.rejected().get(0).message())
        .startsWith("the stream has sent 2 s of signal above 2.0 times real time");
  }

  @Test
  void takesNothingFromOtherStreams() throws Exception {
    send("flood", 40, 0);
    long ofTheFlood = refused();
    send("arm", 10, 125);

    assertThat(refused()).isEqualTo(ofTheFlood);
    assertThat(strict.windows()).anyMatch(window -> window.streamId().equals("arm"));
  }

  @Test
  void isNoneAtTwiceTheNominalRateForHours() throws Exception {
    send("arm", 2_000, 63);

    assertThat(refused()).isZero();
  }

  @Test
  void isRememberedAcrossARestart() throws Exception {
    send("arm", 16, 0);
    strict.restart();
    strict.accept(arrived(frame("arm", "s", 16 * LENGTH, LENGTH, false), 1_000_000));

    assertThat(refused()).isEqualTo(1);
  }

  @Test
  void isNotMadeByABrokerWhoseClockStepsBack() throws Exception {
    strict.accept(arrived(frame("arm", "s", 0, LENGTH, false), 9_000_000));
    for (int i = 1; i < 200; i++) {
      strict.accept(
          arrived(frame("arm", "s", (long) i * LENGTH, LENGTH, false), 1_000_000 + i * 125L));
    }

    assertThat(refused()).isZero();
  }
}
