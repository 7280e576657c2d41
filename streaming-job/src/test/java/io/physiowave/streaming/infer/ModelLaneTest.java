package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.WindowCalibration;
import io.physiowave.streaming.testing.RecordedMetrics;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lane may do with windows of which some are on trial, and some not. */
class ModelLaneTest {
  private static final int BATCH = ModelRunnerTest.OPTIONS.maximumBatch();
  private static final boolean ON_TRIAL = true;
  private static final boolean SERVES = false;

  @TempDir Path directory;
  private ModelLane lane;

  @BeforeEach
  void open() throws Exception {
    Path file = TestModels.write(directory, TestModels.emg(Decision.ARG_MAX));
    lane = ModelLane.open(ModelFile.read(file.toString()).served(), ModelRunnerTest.OPTIONS);
  }

  @AfterEach
  void close() {
    lane.close();
  }

  private void add(WindowRole role, boolean onTrial) {
    lane.gathering().add(InferenceHarness.window("a", 0, 1), WindowCalibration.NONE, role, onTrial);
  }

  private void fill(boolean onTrial) {
    for (int i = 0; i < BATCH; i++) {
      add(WindowRole.SERVES, onTrial);
    }
  }

  @Nested
  class AFullBatch {
    @Test
    void followsTwoOthersAtMost() {
      fill(SERVES);
      lane.start();
      fill(SERVES);
      assertThat(lane.mayFollow()).isTrue();
      lane.start();
      fill(SERVES);
      assertThat(lane.mayFollow()).isFalse();
    }

    @Test
    void ofAModelOnTrialFollowsNone() {
      fill(SERVES);
      lane.start();
      fill(ON_TRIAL);

      assertThat(lane.mayFollow()).isFalse();
    }

    @Test
    void followsNoneOfAModelOnTrial() {
      fill(ON_TRIAL);
      lane.start();
      fill(SERVES);

      assertThat(lane.mayFollow()).isFalse();
    }
  }

  @Nested
  class ACall {
    @Test
    void servesWhenAWindowOfItsBatchOrOfTheNextOneDoes() {
      add(WindowRole.SERVES, ON_TRIAL);
      ModelLane.Call onTrial = lane.start();
      assertThat(onTrial.serves()).isFalse();
      add(WindowRole.SERVES, SERVES);
      // One after it of the same stream counts all the same.
      add(WindowRole.SERVES, ON_TRIAL);
      assertThat(onTrial.serves()).isTrue();

      ModelLane.Call serving = lane.start();
      assertThat(lane.gathering().isEmpty()).isTrue();
      assertThat(serving.serves()).isTrue();
    }

    @Test
    void owesLabelsUnlessItIsAShadowsAlone() {
      add(WindowRole.SHADOWS, ON_TRIAL);
      assertThat(lane.owesLabels()).isFalse();
      add(WindowRole.SERVES, ON_TRIAL);
      add(WindowRole.SHADOWS, ON_TRIAL);
      assertThat(lane.owesLabels()).isTrue();

      lane.start();
      assertThat(lane.gathering().isEmpty()).isTrue();
      assertThat(lane.owesLabels()).isTrue();
    }

    @Test
    void leavesNothingOfItsWindowsToTheNextOnesInItsBuffer() {
      for (int i = 0; i < 3; i++) {
        add(WindowRole.SERVES, SERVES);
        ModelLane.Call call = lane.start();
        call.run();
        call.returned();
        call.makeWay();
      }

      add(WindowRole.SHADOWS, ON_TRIAL);
      assertThat(lane.gathering().serves()).isFalse();
      assertThat(lane.owesLabels()).isFalse();
      assertThat(lane.gathering().asked()).isEqualTo(1);
    }

    @Test
    void keepsItsBufferWhenItIsGivenUpSinceItMayStillReadIt() {
      WindowBatch itsOwn = lane.gathering();
      add(WindowRole.SERVES, ON_TRIAL);
      ModelLane.Call call = lane.start();
      assertThat(lane.ownThread()).isNotNull();
      call.giveUp();
      call.returned();
      call.makeWay();

      for (int i = 0; i < 4; i++) {
        assertThat(lane.gathering()).isNotSameAs(itsOwn);
        add(WindowRole.SERVES, ON_TRIAL);
        ModelLane.Call next = lane.start();
        next.returned();
        next.makeWay();
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> LeftCalls.of(lane.served()) == 0);
    }

    @Test
    void givesABadWindowNoCalibrationSinceNoneTookPart() {
      WindowCalibration calibration =
          new WindowCalibration("c0ffee", lane.served().card().labels(), new float[] {0, 9, 0});
      SignalQuality[] qualities = {
        SignalQuality.GOOD, new SignalQuality(QualityLevel.BAD, "noise")
      };
      for (SignalQuality quality : qualities) {
        lane.gathering()
            .add(
                InferenceHarness.window("a", 0, 1, quality),
                calibration,
                WindowRole.SERVES,
                SERVES);
      }
      ModelLane.Call call = lane.start();
      Answer answer = call.run();
      call.returned();

      List<InferredWindow> answers = new ArrayList<>();
      InferenceMetrics metrics =
          new InferenceMetrics(new RecordedMetrics(), ModelRunnerTest.OPTIONS);
      metrics.opened(lane.served());
      call.complete(answer, 1, metrics, answers::add);

      assertThat(answers).extracting(InferredWindow::calibration).containsExactly("c0ffee", "");
    }
  }
}
