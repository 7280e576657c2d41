package io.physiowave.connectors.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.emgtext.HandGesture;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EmgSimulatorTest {
  private static final GestureStatistics STATISTICS = GestureStatistics.load();

  @Property(tries = 20)
  void the_same_seed_gives_the_same_samples_and_truth_however_it_is_read(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 999) int chunk) throws IOException {
    EmgSimulatorOptions options = EmgSimulatorOptions.of(seed).withSampleCount(7000);
    EmgSimulator once = new EmgSimulator(options);
    EmgSimulator again = new EmgSimulator(options);
    assertThat(Recordings.readAll(again, chunk)).isDeepEqualTo(Recordings.readAll(once, 4096));
    assertThat(again.annotations()).isEqualTo(once.annotations());
  }

  @Test
  void gestures_follow_each_other_without_gaps_and_each_comes_once_a_round() throws IOException {
    EmgSimulator simulator = new EmgSimulator(EmgSimulatorOptions.of(1).withSampleCount(60_000));
    Recordings.readAll(simulator, 1000);
    List<RecordingAnnotation> truth = simulator.annotations();
    long next = 0;
    for (RecordingAnnotation stretch : truth) {
      assertThat(stretch.startSample()).isEqualTo(next);
      next = stretch.endSample();
    }
    assertThat(next).isEqualTo(60_000);
    assertThat(truth.subList(0, 6))
        .extracting(RecordingAnnotation::label)
        .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
    assertThat(truth.get(0).note())
        .isEqualTo(HandGesture.ofCode(Integer.parseInt(truth.get(0).label())).description());
  }

  @Test
  void each_gesture_shows_the_synergy_of_the_real_recordings() throws IOException {
    Map<Integer, double[]> sums = new HashMap<>();
    Map<Integer, Integer> stretches = new HashMap<>();
    for (int seed = 0; seed < 12; seed++) {
      EmgSimulator simulator =
          new EmgSimulator(EmgSimulatorOptions.of(seed).withSampleCount(40_000));
      float[][] samples = Recordings.readAll(simulator, 5000);
      for (RecordingAnnotation stretch : simulator.annotations()) {
        int code = Integer.parseInt(stretch.label());
        double[] sum = sums.computeIfAbsent(code, any -> new double[8]);
        stretches.merge(code, 1, Integer::sum);
        for (int channel = 0; channel < 8; channel++) {
          sum[channel] +=
              logRms(samples[channel], (int) stretch.startSample() + 200, stretch.endSample());
        }
      }
    }
    for (GestureStatistics.Gesture gesture : STATISTICS.gestures()) {
      for (int channel = 0; channel < 8; channel++) {
        assertThat(sums.get(gesture.code())[channel] / stretches.get(gesture.code()))
            .as("gesture %s channel %s", gesture.code(), channel)
            .isCloseTo(gesture.logRms()[channel], org.assertj.core.data.Offset.offset(0.35));
      }
    }
  }

  @Test
  void values_are_steps_of_the_armband_held_for_five_rows() throws IOException {
    EmgSimulator simulator = new EmgSimulator(EmgSimulatorOptions.of(4).withSampleCount(5000));
    float[][] samples = Recordings.readAll(simulator, 777);
    for (float[] channel : samples) {
      for (int row = 0; row < channel.length; row++) {
        assertThat(channel[row]).isEqualTo(channel[row - row % 5]);
        double steps = channel[row] / 1e-5;
        assertThat(steps - Math.rint(steps)).isBetween(-1e-3, 1e-3);
        assertThat(steps).isBetween(-128.01, 127.01);
      }
    }
  }

  @Test
  void chosen_gestures_are_the_only_ones() throws IOException {
    EmgSimulator simulator =
        new EmgSimulator(
            EmgSimulatorOptions.of(1)
                .withGestures(List.of(HandGesture.FIST, HandGesture.REST))
                .withSampleCount(30_000));
    Recordings.readAll(simulator, 1000);
    List<RecordingAnnotation> truth = simulator.annotations();
    assertThat(truth).extracting(RecordingAnnotation::label).containsOnly("1", "2");
    for (int i = 1; i < truth.size(); i++) {
      assertThat(truth.get(i).label()).isNotEqualTo(truth.get(i - 1).label());
    }
  }

  @Test
  void gestures_without_statistics_are_refused() {
    assertThatThrownBy(
            () -> EmgSimulatorOptions.of(1).withGestures(List.of(HandGesture.EXTENDED_PALM)))
        .hasMessageContaining("gestures are [EXTENDED_PALM]; expected some of [REST, FIST");
  }

  private static double logRms(float[] samples, int from, long to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (double) samples[i] * samples[i];
    }
    return Math.log(Math.sqrt(squares / (to - from)) + 1e-6);
  }
}
