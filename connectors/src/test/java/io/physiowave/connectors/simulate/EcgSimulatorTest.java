package io.physiowave.connectors.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.testing.Recordings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcgSimulatorTest {
  private static final int RATE = 360;
  private static final RhythmProfile NO_ECTOPY = new RhythmProfile(70, 0, 0, 0, 0, 0);

  @Property(tries = 20)
  void the_same_seed_gives_the_same_samples_and_truth_however_it_is_read(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 999) int chunk) throws IOException {
    EcgSimulatorOptions options =
        EcgSimulatorOptions.of(RhythmProfile.ECTOPIC, seed).withSampleCount(10 * RATE);
    EcgSimulator once = new EcgSimulator(options);
    EcgSimulator again = new EcgSimulator(options);
    assertThat(Recordings.readAll(again, chunk)).isDeepEqualTo(Recordings.readAll(once, 4096));
    assertThat(again.annotations()).isEqualTo(once.annotations()).isNotEmpty();
  }

  @Nested
  class Sinus {
    private final EcgSimulator simulator = clean(NO_ECTOPY, 60);
    private final float[][] samples = read(simulator);

    @Test
    void beats_at_the_heart_rate_and_all_normal() {
      assertThat(labels(simulator)).containsOnly("N");
      assertThat(beats(simulator)).hasSizeBetween(66, 74);
    }

    @Test
    void has_its_highest_sample_at_each_annotated_r_peak() {
      for (RecordingAnnotation beat : beats(simulator)) {
        int at = (int) beat.startSample();
        if (at > 30 && at < samples[0].length - 60) {
          assertThat(indexOfMaximum(samples[0], at - 30, at + 60)).isBetween(at - 2, at + 2);
        }
      }
    }

    @Test
    void shows_physiological_waves_in_each_lead() {
      RecordingAnnotation beat = beats(simulator).get(10);
      int at = (int) beat.startSample();
      int beforeP = at - (int) (0.25 * RATE);
      float baseline = samples[0][beforeP];
      assertThat(samples[0][at] - baseline).as("R in MLII, mV").isBetween(0.7f, 1.7f);
      assertThat(samples[0][at - (int) (0.155 * RATE)] - baseline)
          .as("P in MLII, mV")
          .isBetween(0.07f, 0.25f);
      assertThat(maximum(samples[0], at + 60, at + 150) - baseline)
          .as("T in MLII, mV")
          .isBetween(0.12f, 0.5f);
      assertThat(minimum(samples[1], at, at + 25) - samples[1][beforeP])
          .as("S in V1, mV")
          .isBetween(-1.4f, -0.5f);
    }

    @Test
    void is_digitised_in_steps_of_five_microvolts() {
      for (float sample : samples[0]) {
        assertThat(sample * 200 - Math.rint(sample * 200)).isBetween(-1e-3, 1e-3);
      }
    }
  }

  @Nested
  class Ectopy {
    private final EcgSimulator simulator = clean(RhythmProfile.ECTOPIC, 1800);
    private final float[][] samples = read(simulator);

    @Test
    void gives_all_three_classes_in_plausible_numbers() {
      assertThat(labels(simulator)).containsOnly("N", "S", "V");
      assertThat(count("V")).isBetween(100L, 600L);
      assertThat(count("S")).isBetween(15L, 150L);
    }

    @Test
    void makes_ventricular_beats_wide_and_large() {
      List<Double> widths = new ArrayList<>();
      List<Double> normal = new ArrayList<>();
      for (RecordingAnnotation beat : beats(simulator)) {
        int at = (int) beat.startSample();
        if (at > 60 && at < samples[0].length - 60) {
          (beat.label().equals("V") ? widths : normal).add(halfWidthMillis(samples[0], at));
        }
      }
      assertThat(median(widths)).isBetween(50.0, 110.0);
      assertThat(median(normal)).isBetween(15.0, 40.0);
    }

    @Test
    void lets_ectopic_beats_come_early_and_a_pause_follow_single_ventricular_ones() {
      List<RecordingAnnotation> beats = beats(simulator);
      int seen = 0;
      for (int i = 2; i < beats.size() - 1; i++) {
        boolean single =
            beats.get(i).label().equals("V")
                && beats.get(i - 1).label().equals("N")
                && beats.get(i - 2).label().equals("N")
                && beats.get(i + 1).label().equals("N");
        if (single) {
          long before = interval(beats, i - 1);
          assertThat(interval(beats, i)).isLessThan(Math.round(0.85 * before));
          assertThat(interval(beats, i + 1)).isGreaterThan(Math.round(1.1 * before));
          seen++;
        }
      }
      assertThat(seen).isGreaterThan(50);
    }

    @Test
    void marks_changes_of_rhythm() {
      assertThat(simulator.annotations())
          .filteredOn(truth -> truth.label().equals("+"))
          .extracting(RecordingAnnotation::note)
          .contains("(N", "(B", "(VT");
    }

    private long count(String label) {
      return beats(simulator).stream().filter(beat -> beat.label().equals(label)).count();
    }
  }

  @Test
  void fibrillation_is_irregular_without_p_waves_and_counts_as_normal_beats() {
    EcgSimulator simulator = clean(new RhythmProfile(75, 0, 0, 0, 0, 60), 900);
    read(simulator);
    List<RecordingAnnotation> truth = simulator.annotations();
    List<Double> intervals = new ArrayList<>();
    String rhythm = "";
    long last = -1;
    for (RecordingAnnotation annotation : truth) {
      if (annotation.label().equals("+")) {
        rhythm = annotation.note();
        last = -1;
      } else if (rhythm.equals("(AFIB")) {
        if (last >= 0) {
          intervals.add((annotation.startSample() - last) / (double) RATE);
        }
        last = annotation.startSample();
      }
    }
    assertThat(intervals).hasSizeGreaterThan(100);
    double mean = intervals.stream().mapToDouble(value -> value).average().orElseThrow();
    double deviation =
        Math.sqrt(
            intervals.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
    assertThat(deviation / mean).isBetween(0.12, 0.3);
    assertThat(labels(simulator)).containsOnly("N");
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 500})
  void any_rate_shows_the_same_heart(int rate) throws IOException {
    EcgSimulator simulator =
        new EcgSimulator(
            EcgSimulatorOptions.of(NO_ECTOPY, 3).withSampleRate(rate).withSampleCount(20L * rate));
    Recordings.readAll(simulator, 1000);
    EcgSimulator other = clean(NO_ECTOPY, 20);
    read(other);
    for (int i = 0; i < 15; i++) {
      assertThat(beats(simulator).get(i).startSample() / (double) rate)
          .isCloseTo(
              beats(other).get(i).startSample() / (double) RATE,
              org.assertj.core.data.Offset.offset(0.01));
    }
  }

  @Test
  void the_listener_hears_the_truth_as_it_happens() throws IOException {
    List<RecordingAnnotation> heard = new ArrayList<>();
    EcgSimulator simulator =
        new EcgSimulator(
            EcgSimulatorOptions.of(RhythmProfile.ECTOPIC, 5)
                .withSampleCount(20 * RATE)
                .withTruthListener(heard::add));
    Recordings.readAll(simulator, 64);
    assertThat(heard).isEqualTo(simulator.annotations());
  }

  @Test
  void impossible_options_are_refused() {
    EcgSimulatorOptions options = EcgSimulatorOptions.of(RhythmProfile.SINUS, 1);
    assertThatThrownBy(() -> options.withSampleRate(10))
        .hasMessage("sample rate is 10.0 Hz; expected 100 to 2000");
    assertThatThrownBy(() -> options.withLeads(List.of(EcgLead.V1, EcgLead.V1)))
        .hasMessageContaining("expected at least one, each once");
    assertThatThrownBy(() -> RhythmProfile.SINUS.withHeartRate(500))
        .hasMessage("heart rate is 500.0; expected 30.0 to 180.0");
    assertThatThrownBy(() -> EcgLead.named("V7")).hasMessageContaining("ECG lead is 'V7'");
  }

  private static EcgSimulator clean(RhythmProfile rhythm, int seconds) {
    return new EcgSimulator(
        EcgSimulatorOptions.of(rhythm, 3)
            .withNoise(EcgNoiseLevels.NONE)
            .withSampleCount((long) seconds * RATE));
  }

  private static float[][] read(EcgSimulator simulator) {
    float[][] samples = new float[2][(int) simulator.sampleCount().orElseThrow()];
    assertThat(simulator.read(samples, 0, samples[0].length)).isEqualTo(samples[0].length);
    assertThat(simulator.read(samples, 0, 1)).isEqualTo(-1);
    return samples;
  }

  private static List<RecordingAnnotation> beats(EcgSimulator simulator) {
    return simulator.annotations().stream().filter(truth -> !truth.label().equals("+")).toList();
  }

  private static List<String> labels(EcgSimulator simulator) {
    return beats(simulator).stream().map(RecordingAnnotation::label).toList();
  }

  private static long interval(List<RecordingAnnotation> beats, int index) {
    return beats.get(index).startSample() - beats.get(index - 1).startSample();
  }

  private static double halfWidthMillis(float[] samples, int at) {
    float peak = Math.abs(samples[at]);
    int from = at;
    while (from > 0 && Math.abs(samples[from]) > peak / 2) {
      from--;
    }
    int to = at;
    while (to < samples.length - 1 && Math.abs(samples[to]) > peak / 2) {
      to++;
    }
    return (to - from) * 1000.0 / RATE;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static int indexOfMaximum(float[] samples, int from, int to) {
    int best = from;
    for (int i = from; i < to; i++) {
      best = samples[i] > samples[best] ? i : best;
    }
    return best;
  }

  private static float maximum(float[] samples, int from, int to) {
    return samples[indexOfMaximum(samples, from, to)];
  }

  private static float minimum(float[] samples, int from, int to) {
    float least = samples[from];
    for (int i = from; i < to; i++) {
      least = Math.min(least, samples[i]);
    }
    return least;
  }
}
