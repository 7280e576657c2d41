package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.testing.LoggedLines;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that say 200 Hz, and what their own clock says of that. */
class WrongRateTest {
  private static final int LENGTH = 50;
  private static final long NO_CLOCK = 0;

  @TempDir Path directory;

  private AssemblerHarness assembler;
  private long sample;
  private double micros = TestSignals.START_MICROS;

  @BeforeEach
  void open() throws Exception {
    assembler = new AssemblerHarness(directory);
  }

  @AfterEach
  void close() throws Exception {
    assembler.close();
  }

  private void accept(String session, long deviceMicros) throws Exception {
    SignalFrame frame = frame("arm", session, sample, LENGTH, false);
    assembler.accept(
        arrived(
            new SignalFrame(
                frame.streamId(),
                session,
                frame.modality(),
                sample,
                deviceMicros,
                0,
                frame.sampleRateHz(),
                frame.channels(),
                frame.unit(),
                frame.samples(),
                frame.leadOff(),
                false),
            // Arrival says nothing: all at once.
            1_000_000));
    sample += LENGTH;
  }

  /** Frames of a device that samples at a rate, for a time on its clock. */
  private void send(double trueHz, double seconds) throws Exception {
    double end = micros + seconds * 1e6;
    while (micros < end) {
      accept("s", Math.round(micros));
      micros += LENGTH / trueHz * 1e6;
    }
  }

  private List<SignalWindow> bad() {
    return assembler.windows().stream()
        .filter(window -> window.quality().level() == QualityLevel.BAD)
        .toList();
  }

  private SignalWindow latest() {
    return assembler.windows().get(assembler.windows().size() - 1);
  }

  @Nested
  class AnotherRate {
    @ParameterizedTest
    @CsvSource({"250, 250.0", "125, 125.0", "175, 175.0", "2000, 2000.0", "20, 20.0"})
    void makesTheWindowsBadAfterAMinuteAndNamesBothRates(double trueHz, String named)
        throws Exception {
      send(trueHz, 59);
      assertThat(bad()).isEmpty();

      send(trueHz, 10);

      assertThat(bad()).isNotEmpty();
      assertThat(latest().quality().level()).isEqualTo(QualityLevel.BAD);
      assertThat(latest().quality().reason())
          .isEqualTo(
              "the device's clock counts "
                  + named
                  + " samples a second where 200.0 Hz are declared");
      assertThat(assembler.rejected()).isEmpty();
    }

    @Test
    void isRememberedAcrossRestarts() throws Exception {
      for (int second = 0; second < 65; second++) {
        send(250, 1);
        assembler.restart();
      }
      assertThat(bad()).isNotEmpty();
      int windows = assembler.windows().size();

      send(250, 1);

      assertThat(assembler.windows().subList(windows, assembler.windows().size()))
          .isNotEmpty()
          .allMatch(window -> window.quality().level() == QualityLevel.BAD);
    }

    @Test
    void endsWhenTheRateIsRightAgainAndIsLoggedOnce() throws Exception {
      try (LoggedLines lines = LoggedLines.of(SessionWindows.class)) {
        send(250, 65);
        assembler.restart();
        send(200, 70);
        assertThat(latest().quality().level()).isEqualTo(QualityLevel.GOOD);
        send(250, 95);

        assertThat(latest().quality().level()).isEqualTo(QualityLevel.BAD);
        assertThat(lines.texts())
            .containsExactly(
                "the session's windows are bad: the device's clock counts 250.0 samples a second"
                    + " where 200.0 Hz are declared");
        assertThat(lines.fields().get(0)).containsAllEntriesOf(Map.of("stream", "arm"));
      }
    }

    @Test
    void isThatOfItsSession() throws Exception {
      send(250, 65);
      sample = 0;

      accept("t", Math.round(micros));

      assertThat(latest().sessionId()).isEqualTo("t");
      assertThat(latest().quality().level()).isEqualTo(QualityLevel.GOOD);
    }

    @Test
    void isFoundOverFramesThatAreLostNowAndThen() throws Exception {
      for (int second = 0; second < 65; second++) {
        send(250, 1);
        sample += LENGTH;
        micros += LENGTH / 250.0 * 1e6;
        // What was missing before is given up.
        assembler.advanceTo(second * 1_000L);
      }

      assertThat(latest().quality().reason()).startsWith("the device's clock counts 250.0");
    }
  }

  @Nested
  class TheRightRate {
    private void assertThatNoneIsBad() {
      assertThat(assembler.windows()).hasSizeGreaterThan(100);
      assertThat(bad()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {185, 195, 200, 205, 218})
    void isAnyWithinATenth(double trueHz) throws Exception {
      send(trueHz, 200);

      assertThatNoneIsBad();
    }

    @Test
    void isSeenThroughJitter() throws Exception {
      Random random = new Random(1);
      for (int i = 0; i < 1_000; i++) {
        accept("s", TestSignals.START_MICROS + i * 250_000L + random.nextInt(900_000));
      }

      assertThatNoneIsBad();
    }

    @ParameterizedTest
    @ValueSource(
        longs = {3_000, -3_000, 20_000, -20_000, 3_600_000, -3_600_000, Long.MAX_VALUE / 2_000})
    void isSeenThroughClocksThatAreSet(long stepMillis) throws Exception {
      for (int i = 0; i < 12; i++) {
        send(200, 27);
        micros = TestSignals.START_MICROS + sample * 5_000.0 + (i % 2) * stepMillis * 1e3;
      }

      assertThatNoneIsBad();
    }

    @Test
    void isSeenThroughPausesThatTheDeviceDoesNotCount() throws Exception {
      for (int i = 0; i < 20; i++) {
        send(200, 10);
        micros += 20e6;
      }

      assertThatNoneIsBad();
    }

    @Test
    void isNotDoubtedWithoutAClock() throws Exception {
      for (int i = 0; i < 1_000; i++) {
        accept("s", NO_CLOCK);
      }

      assertThatNoneIsBad();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 1e3})
    void isNotDoubtedByWhatIsNoClockInMicroseconds(double factor) throws Exception {
      for (int i = 0; i < 1_000; i++) {
        accept("s", Math.round(TestSignals.START_MICROS + i * 250_000 * factor));
      }

      assertThatNoneIsBad();
    }
  }
}
