package io.physiowave.streaming.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.calibration.CalibrationScores;
import io.physiowave.core.calibration.InvalidCalibrationException;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuidedSessionTest {
  private static final ModelCard CARD = TestModels.emg(Decision.ARG_MAX);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int FRAME = 25;

  /** A wearer who does what is asked, and sends what the arm then gives. */
  private static final class Wearer implements GuidedSession.Prompts, FrameFeed {
    private static final Map<String, double[]> STRENGTHS =
        Map.of(
            "REST", new double[] {0.01, 0.01},
            "FIST", new double[] {0.4, 0.1},
            "WAVE", new double[] {0.1, 0.4});

    private final List<String> told = new ArrayList<>();
    private final Random random = new Random(1);
    private String doing = "REST";
    private String session = "s";
    private long next = 1_000;

    /** When to lose a frame; and when to begin anew; samples. */
    private long loses = Long.MAX_VALUE;

    private long restarts = Long.MAX_VALUE;
    private String restartsAs = "t";

    @Override
    public void getReady(String label, int round, Duration time) {
      doing = "REST";
    }

    @Override
    public void hold(String label, int round, Duration time) {
      told.add(label + round);
      doing = label;
    }

    @Override
    public void again(String label, String why) {
      told.add("again");
    }

    @Override
    public SignalFrame next() {
      if (next >= loses) {
        next += FRAME;
        loses = Long.MAX_VALUE;
      }
      if (next >= restarts) {
        next = 0;
        session = restartsAs;
        restarts = Long.MAX_VALUE;
      }
      float[][] samples = new float[2][FRAME];
      for (int channel = 0; channel < 2; channel++) {
        for (int i = 0; i < FRAME; i++) {
          samples[channel][i] = (float) (random.nextGaussian() * STRENGTHS.get(doing)[channel]);
        }
      }
      next += FRAME;
      return new SignalFrame(
          "left",
          session,
          Modality.EMG,
          next - FRAME,
          0,
          0,
          TestSignals.RATE,
          TestSignals.CHANNELS,
          "mV",
          samples,
          new BitSet(),
          false);
    }
  }

  private static HeldWindows run(Wearer wearer) {
    return new GuidedSession(CARD, wearer, 2, SECOND, SECOND).run(wearer);
  }

  @Test
  void eachLabelIsHeldOncePerRoundAndLearntFromWindowsWithinTheHold() {
    Wearer wearer = new Wearer();
    HeldWindows windows = run(wearer);

    assertThat(wearer.told).containsExactly("REST1", "FIST1", "WAVE1", "REST2", "FIST2", "WAVE2");
    int within = (int) (TestSignals.RATE - CARD.windowSamples()) / TestModels.EMG_HOP;
    assertThat(windows.counts().values())
        .allSatisfy(count -> assertThat(count).isBetween(2 * within - 2, 2 * within + 2));
    assertThat(windows.rightByOtherRounds().getAsDouble()).isGreaterThan(0.95);

    CalibrationScores scores = new CalibrationScores(windows.calibration("left", Instant.EPOCH));
    float[] fist = new float[2 * CARD.windowSamples()];
    Random random = new Random(9);
    for (int i = 0; i < fist.length; i++) {
      double strength = Wearer.STRENGTHS.get("FIST")[i / CARD.windowSamples()];
      fist[i] = (float) (random.nextGaussian() * strength);
    }
    float[] said = scores.of(fist);
    assertThat(said[1]).isGreaterThan(said[0]).isGreaterThan(said[2]);
  }

  @Test
  void aHoldWithLostSamplesIsHeldAgain() {
    Wearer wearer = new Wearer();
    wearer.loses = 1_000 + 25 + 3 * (long) TestSignals.RATE + 100;
    HeldWindows windows = run(wearer);

    assertThat(wearer.told)
        .containsExactly("REST1", "FIST1", "again", "FIST1", "WAVE1", "REST2", "FIST2", "WAVE2");
    assertThat(windows.rightByOtherRounds().getAsDouble()).isGreaterThan(0.95);
  }

  @Test
  void aDeviceThatBeginsAnewIsFollowed() {
    Wearer wearer = new Wearer();
    wearer.restarts = 1_000 + 25 + 2 * (long) TestSignals.RATE + 100;

    assertThat(run(wearer).rightByOtherRounds().getAsDouble()).isGreaterThan(0.95);
    assertThat(wearer.session).isEqualTo("t");
  }

  @Test
  void aDeviceThatCountsAnewInTheSameSessionIsToldAndNotWaitedFor() {
    Wearer wearer = new Wearer();
    wearer.next = 10_000_000;
    wearer.restarts = 10_000_000 + 2 * (long) TestSignals.RATE;
    wearer.restartsAs = "s";

    assertThatThrownBy(() -> run(wearer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the stream repeats samples that have come before")
        .hasMessageContaining("session s");
  }

  @Test
  void aHoldMustBeLongerThanAWindow() {
    assertThatThrownBy(
            () -> new GuidedSession(CARD, new Wearer(), 1, SECOND, Duration.ofMillis(200)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a hold takes 200 ms; expected more than a window of 0.2 s");
  }

  @Test
  void aModelOfBeatsCannotBeCalibrated() {
    assertThatThrownBy(() -> new HeldWindows(TestModels.ecg()))
        .isInstanceOf(InvalidCalibrationException.class)
        .hasMessageContaining("answers beats");
  }
}
