package io.physiowave.streaming.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.physiowave.core.calibration.CalibrationScores;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.testing.TestCalibrations;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibratedWindowsTest {
  private static final ModelCard CARD = TestModels.emg(Decision.ARG_MAX);
  private static final StreamCalibration LEFT = TestCalibrations.byStrength("left", CARD);
  private static final int FRAME = 20;

  @TempDir Path directory;
  private AssemblerHarness harness;

  @BeforeEach
  void open() throws Exception {
    harness = new AssemblerHarness(directory);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  /** Ten frames of a stream, with which windows come out. */
  private void send(String stream, int fromFrame) throws Exception {
    for (int i = fromFrame; i < fromFrame + 10; i++) {
      SignalFrame frame = TestSignals.frame(stream, "s", (long) i * FRAME, FRAME, false);
      harness.accept(TestSignals.arrived(frame));
    }
  }

  private List<AssignedWindow> of(String stream) {
    return harness.assigned().stream()
        .filter(assigned -> assigned.window().streamId().equals(stream))
        .toList();
  }

  private long calibrated(String stream) {
    return of(stream).stream().filter(window -> !window.calibration().isNone()).count();
  }

  @Test
  void theScoresOfAWindowFollowFromItsOwnStreamsCalibration() throws Exception {
    harness.calibrate("left", TestCalibrations.record(LEFT));
    send("left", 0);
    send("right", 0);

    assertThat(harness.metrics().windowsCalibrated.getCount()).isEqualTo(of("left").size());
    CalibrationScores scores = new CalibrationScores(LEFT);
    assertThat(of("left"))
        .isNotEmpty()
        .allSatisfy(
            assigned -> {
              assertThat(assigned.calibration().id()).isEqualTo(StreamCalibrationJson.id(LEFT));
              assertThat(assigned.calibration().labels()).isEqualTo(CARD.labels());
              assertThat(assigned.calibration().scores())
                  .containsExactly(scores.of(assigned.window().input()));
            });
    assertThat(of("right")).hasSameSizeAs(of("left"));
    assertThat(calibrated("right")).isZero();
  }

  @Test
  void itHoldsFromTheNextWindowOnUntilARecordWithoutValue() throws Exception {
    send("left", 0);
    int before = of("left").size();
    harness.calibrate("left", TestCalibrations.record(LEFT));
    send("left", 10);
    int between = of("left").size();
    harness.calibrate("left", null);
    send("left", 20);

    List<AssignedWindow> windows = of("left");
    assertThat(before).isPositive();
    assertThat(between).isGreaterThan(before);
    assertThat(windows).hasSizeGreaterThan(between);
    for (int i = 0; i < windows.size(); i++) {
      assertThat(windows.get(i).calibration().isNone()).isEqualTo(i < before || i >= between);
    }
  }

  @Test
  void itOutlastsSilenceAndRestarts() throws Exception {
    harness.calibrate("left", TestCalibrations.record(LEFT));
    send("left", 0);
    harness.advanceTo(AssemblerHarness.OPTIONS.idleTimeout().toMillis() * 3);
    assertThat(harness.stateEntries()).isZero();
    harness.restart();
    int before = of("left").size();
    send("left", 0);

    assertThat(of("left")).hasSizeGreaterThan(before);
    assertThat(calibrated("left")).isEqualTo(of("left").size());
  }

  @Test
  void whatIsNoCalibrationOfItsStreamIsRejectedAndChangesNothing() throws Exception {
    harness.calibrate("left", TestCalibrations.record(LEFT));
    harness.calibrate("left", "{}".getBytes(StandardCharsets.UTF_8));
    harness.calibrate("right", TestCalibrations.record(LEFT));
    send("left", 0);
    send("right", 0);

    assertThat(calibrated("left")).isEqualTo(of("left").size()).isPositive();
    assertThat(calibrated("right")).isZero();
    assertThat(harness.rejected())
        .extracting(rejected -> rejected.reason(), rejected -> rejected.record().isCalibration())
        .containsOnly(tuple(RejectionReason.INVALID_CALIBRATION, true))
        .hasSize(2);
    assertThat(harness.rejected().get(1).message())
        .isEqualTo("the record's key is 'right'; expected its stream 'left'");
  }

  @Test
  void oneForAnotherModelIsNotUsed() throws Exception {
    ModelCard other = TestModels.ecg();
    harness.calibrate("left", TestCalibrations.record(TestCalibrations.byStrength("left", other)));
    send("left", 0);

    assertThat(of("left")).isNotEmpty();
    assertThat(calibrated("left")).isZero();
    assertThat(harness.rejected()).isEmpty();
  }

  @Nested
  class OnRocksDb {
    @Test
    void itIsTheSame() throws Exception {
      harness.close();
      harness = harness.onRocksDb();
      harness.calibrate("left", TestCalibrations.record(LEFT));
      for (String stream : List.of("left", "a", "b", "c", "left")) {
        send(stream, 0);
      }
      harness.restart();
      send("left", 10);

      assertThat(calibrated("left")).isEqualTo(of("left").size()).isGreaterThan(9);
      assertThat(calibrated("a")).isZero();
    }
  }
}
