package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.testing.TestCalibrations;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More streams than a subtask may remember: those that it knows go on as if nothing had come. */
class MaximumStreamsTest {
  /** More than the cache of a backend that serialises holds, so that it is written to as well. */
  private static final int MAXIMUM = 5;

  private static final long IDLE_MILLIS = AssemblerHarness.OPTIONS.idleTimeout().toMillis();

  @TempDir Path directory;

  private AssemblerHarness assembler;

  private void open(boolean isRocksDb) throws Exception {
    AssemblerHarness usual = new AssemblerHarness(directory);
    AssemblerHarness other = isRocksDb ? usual.onRocksDb() : usual;
    assembler = other.remembering(MAXIMUM);
    usual.close();
    if (isRocksDb) {
      other.close();
    }
  }

  @AfterEach
  void close() throws Exception {
    assembler.close();
  }

  /** Frames of as many streams, each with its own place in its session. */
  private void send(int fromStream, int toStream, int first) throws Exception {
    for (int stream = fromStream; stream < toStream; stream++) {
      assembler.accept(arrived(frame("arm-" + stream, "s", first, 40, false)));
    }
  }

  private long refused() {
    return assembler.rejected().stream()
        .filter(frame -> frame.reason() == RejectionReason.TOO_MANY_STREAMS)
        .count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areRefusedAndNotRemembered(boolean isRocksDb) throws Exception {
    open(isRocksDb);

    send(0, MAXIMUM, 0);
    send(MAXIMUM, MAXIMUM + 50, 0);
    send(0, MAXIMUM, 40);

    assertThat(refused()).isEqualTo(50);
    assertThat(assembler.rejected()).hasSize(50);
    assertThat(assembler.rejected().get(0).message())
        .isEqualTo(
            "stream_id is new, and the subtask remembers 5 streams already, of at most 5; expected"
                + " one that is known, or room that streams silent for 60 s leave: see"
                + " assemble.max-streams");
    assertThat(assembler.windows())
        .extracting(SignalWindow::startSample)
        .hasSize(3 * MAXIMUM)
        .containsOnly(0L, 20L, 40L);
    assertThat(assembler.stateEntries()).isEqualTo(MAXIMUM);
    assertThat(assembler.timers()).isEqualTo(MAXIMUM);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findThePlacesOfThoseThatFellSilent(boolean isRocksDb) throws Exception {
    open(isRocksDb);
    send(0, MAXIMUM, 0);
    assembler.advanceTo(IDLE_MILLIS / 2);
    send(0, 2, 40);

    assembler.advanceTo(IDLE_MILLIS);
    send(10, 20, 0);

    assertThat(refused()).isEqualTo(7);
    assertThat(assembler.stateEntries()).isEqualTo(MAXIMUM);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areTooManyAlsoAfterARestart(boolean isRocksDb) throws Exception {
    open(isRocksDb);
    send(0, MAXIMUM - 1, 0);
    assembler.restart();

    send(0, MAXIMUM - 1, 40);
    send(MAXIMUM, MAXIMUM + 3, 0);

    assertThat(refused()).isEqualTo(2);
    assembler.advanceTo(2 * IDLE_MILLIS);
    send(20, 20 + MAXIMUM, 0);
    assertThat(refused()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areCountedByTheSubtaskThatHasTheirKeys(boolean isRocksDb) throws Exception {
    open(isRocksDb);
    send(0, MAXIMUM, 0);

    List<AssemblerHarness> subtasks = assembler.scaledTo(2);
    long known = 0;
    for (AssemblerHarness subtask : subtasks) {
      long before = subtask.stateEntries();
      known += before;
      assembler = subtask;
      for (int stream = 0; stream < 100; stream++) {
        if (subtasks.get(AssemblerHarness.subtaskOf("arm-" + stream, 2)) == subtask) {
          send(stream, stream + 1, stream < MAXIMUM ? 40 : 0);
        }
      }
      assertThat(subtask.stateEntries()).isEqualTo(MAXIMUM);
      assertThat(subtask.windows())
          .filteredOn(window -> window.startSample() == 40)
          .hasSize((int) before);
    }
    assertThat(known).isEqualTo(MAXIMUM);
    subtasks.get(0).close();
  }

  @Test
  void thatNoModelReadsTakeNoPlace() throws Exception {
    open(false);
    for (int stream = 0; stream < 2 * MAXIMUM; stream++) {
      SignalFrame arm = frame("eeg-" + stream, "s", 0, 40, false);
      assembler.accept(
          arrived(
              new SignalFrame(
                  arm.streamId(),
                  arm.sessionId(),
                  Modality.EEG,
                  0,
                  0,
                  0,
                  arm.sampleRateHz(),
                  arm.channels(),
                  arm.unit(),
                  arm.samples(),
                  arm.leadOff(),
                  false)));
    }

    send(0, MAXIMUM, 0);

    assertThat(refused()).isZero();
  }

  @Test
  void keepTheirCalibrationForTheDayThereIsRoom() throws Exception {
    open(false);
    send(0, MAXIMUM, 0);
    var calibration = TestCalibrations.byStrength("late", TestModels.emg(Decision.ARG_MAX));

    assembler.calibrate("late", TestCalibrations.record(calibration));
    assembler.accept(arrived(frame("late", "s", 0, 40, false)));
    assembler.advanceTo(IDLE_MILLIS);
    assembler.accept(arrived(frame("late", "s", 0, 40, false)));

    assertThat(refused()).isEqualTo(1);
    assertThat(assembler.assigned())
        .filteredOn(window -> window.window().streamId().equals("late"))
        .singleElement()
        .satisfies(
            window ->
                assertThat(window.calibration().id())
                    .isEqualTo(StreamCalibrationJson.id(calibration)));
  }
}
