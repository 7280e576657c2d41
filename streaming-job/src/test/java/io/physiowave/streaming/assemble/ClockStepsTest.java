package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are set while a stream runs: they date windows, and decide nothing. */
class ClockStepsTest {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long NOW = 1_700_000_000_000L;

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

  private static SignalFrame dated(long first, long deviceMicros) {
    SignalFrame frame = frame("arm", "s", first, 40, false);
    return new SignalFrame(
        frame.streamId(),
        frame.sessionId(),
        frame.modality(),
        first,
        deviceMicros,
        0,
        frame.sampleRateHz(),
        frame.channels(),
        frame.unit(),
        frame.samples(),
        frame.leadOff(),
        false);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {HOUR_MILLIS * 1000, -HOUR_MILLIS * 1000, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void ofTheDeviceChangeNoWindow(long stepMicros) throws Exception {
    for (int i = 0; i < 10; i++) {
      long time = TestSignals.START_MICROS + i * 200_000L;
      assembler.accept(arrived(dated(40L * i, i < 5 ? time : time + stepMicros), NOW + i * 200L));
    }

    List<CutWindow> offline =
        ExpectedLabels.windows(
            TestModels.emg(Decision.ARG_MAX), TestSignals.session("arm", "s", 400, 40));
    assertThat(assembler.windows())
        .zipSatisfy(
            offline.subList(0, assembler.windows().size()),
            (window, cut) -> {
              assertThat(window.startSample()).isEqualTo(cut.startSample());
              assertThat(window.input()).isEqualTo(cut.input());
              assertThat(window.endMicros() - window.startMicros()).isEqualTo(200_000);
            })
        .hasSize(19);
  }

  @Test
  void ofTheBrokerLeaveTheDatesOfArrivalOnceTheyAreSetBack() throws Exception {
    assembler.accept(arrived(frame("arm", "s", 0, 40, false), NOW + HOUR_MILLIS));
    assembler.restart();
    assembler.accept(arrived(frame("arm", "s", 40, 20, false), NOW));
    assembler.accept(arrived(frame("arm", "s", 80, 20, false), NOW + 10));
    assembler.accept(arrived(frame("arm", "s", 60, 20, false), NOW + 20));

    assertThat(assembler.windows())
        .extracting(SignalWindow::arrivalMicros)
        .containsExactly(
            (NOW + HOUR_MILLIS) * 1000, NOW * 1000, (NOW + 20) * 1000, (NOW + 20) * 1000);
  }

  @Test
  void ofTheBrokerDoNotKeepAMissingFrameFromBeingGivenUp() throws Exception {
    assembler.accept(arrived(frame("arm", "s", 0, 40, false), NOW + HOUR_MILLIS));
    assembler.accept(arrived(frame("arm", "s", 80, 40, false), NOW));

    assembler.advanceTo(100);

    assertThat(assembler.windows()).extracting(SignalWindow::startSample).contains(80L);
    assertThat(assembler.timers()).isEqualTo(1);
  }
}
