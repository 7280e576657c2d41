package io.physiowave.core.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RhythmTrackerTest {
  private static final double RATE = 360;
  private static final List<RhythmFeature> ABOUT_INTERVALS =
      Arrays.stream(RhythmFeature.values()).filter(feature -> !feature.isShape()).toList();

  private static RhythmTracker after(double... seconds) {
    RhythmTracker tracker = new RhythmTracker(RATE);
    for (double second : seconds) {
      tracker.beat(Math.round(second * RATE));
    }
    return tracker;
  }

  @Test
  void aSteadyRhythmIsZeroThroughout() {
    RhythmTracker tracker = after(1, 2, 3, 4, 5, 6, 7, 8);
    for (RhythmFeature feature : RhythmFeature.values()) {
      if (!feature.isShape() && !feature.name().contains("IRREGULARITY")) {
        assertThat(tracker.value(feature, 1))
            .as(feature.publishedName())
            .isCloseTo(0, within(1e-6f));
      }
    }
    assertThat(tracker.value(RhythmFeature.RR_IRREGULARITY_SHORT, 1))
        .isCloseTo(-0.04f / 0.06f, within(1e-5f));
  }

  @Test
  void anEarlyBeatIsMeasuredAgainstTheRhythmBeforeIt() {
    RhythmTracker tracker = after(1, 2, 3, 4, 5, 5.6);
    assertThat(tracker.value(RhythmFeature.RR_PREVIOUS_RATIO, 1.4))
        .isCloseTo((float) (Math.log(0.6) / 0.2), within(1e-5f));
    assertThat(tracker.value(RhythmFeature.RR_NEXT_RATIO, 1.4))
        .isCloseTo((float) (Math.log(1.4) / 0.2), within(1e-5f));
    assertThat(tracker.value(RhythmFeature.RR_NEXT_PREVIOUS_RATIO, 1.4))
        .isCloseTo((float) (Math.log(1.4 / 0.6) / 0.25), within(1e-5f));
    assertThat(tracker.value(RhythmFeature.RR_BEFORE_PREVIOUS_RATIO, 1.4))
        .isCloseTo(0, within(1e-6f));
  }

  @Test
  void whatIsUnknownIsTakenAsUsual() {
    RhythmTracker first = after(3);
    for (RhythmFeature feature : RhythmFeature.values()) {
      if (!feature.isShape()) {
        assertThat(first.value(feature, Double.NaN)).as(feature.publishedName()).isZero();
      }
    }
    RhythmTracker interrupted = after(1, 2, 3, 4);
    interrupted.interrupt();
    interrupted.beat(20_000);
    assertThat(interrupted.value(RhythmFeature.RR_PREVIOUS_RATIO, Double.NaN)).isZero();
  }

  @Test
  void everyValueIsLimited() {
    RhythmTracker tracker = after(1, 2, 2.001, 30, 30.1, 30.2, 60);
    for (RhythmFeature feature : RhythmFeature.values()) {
      if (!feature.isShape()) {
        assertThat(tracker.value(feature, 100)).isBetween(-5f, 5f);
        assertThat(tracker.value(feature, 1e-9)).isBetween(-5f, 5f);
      }
    }
  }

  /** The formulas of {@link RhythmFeature} over a whole list of beats, written down plainly. */
  private static double[] plainly(List<Double> beats, int i) {
    List<Double> past = new ArrayList<>();
    double usual = Double.NaN;
    for (int k = 1; k < i; k++) {
      double interval = Math.max(0.25, Math.min(2.5, beats.get(k) - beats.get(k - 1)));
      past.add(interval);
      usual = k == 1 ? interval : usual + (interval - usual) / Math.min(k, 300);
    }
    double previous = i > 0 ? beats.get(i) - beats.get(i - 1) : Double.NaN;
    usual = past.isEmpty() ? (i > 0 ? previous : 0.8) : usual;
    previous = i > 0 ? previous : usual;
    double next = beats.get(i + 1) - beats.get(i);
    double local =
        past.subList(Math.max(0, past.size() - 8), past.size()).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(usual);
    double before = past.isEmpty() ? usual : past.get(past.size() - 1);
    return new double[] {
      lg(previous / usual) / 0.2,
      lg(next / usual) / 0.2,
      lg(local / usual) / 0.1,
      lg(previous / local) / 0.2,
      lg(next / previous) / 0.25,
      lg(before / usual) / 0.2,
      (irregularity(past, 16, usual) - 0.04) / 0.06,
      (irregularity(past, 48, usual) - 0.04) / 0.06
    };
  }

  private static double lg(double ratio) {
    return Math.max(-1.5, Math.min(1.5, Math.log(Math.max(0.05, ratio))));
  }

  private static double irregularity(List<Double> past, int most, double usual) {
    if (past.size() < 5) {
      return 0.04;
    }
    List<Double> last = past.subList(Math.max(0, past.size() - most - 1), past.size());
    double[] differences = new double[last.size() - 1];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(last.get(i + 1) - last.get(i));
    }
    Arrays.sort(differences);
    int n = differences.length;
    return Math.min(0.5, (differences[(n - 1) / 2] + differences[n / 2]) / 2 / usual);
  }

  @Test
  void itEqualsTheFormulasOverAWholeSessionAlsoWhenRestored() throws IOException {
    Random random = new Random(4);
    List<Double> beats = new ArrayList<>();
    RhythmTracker tracker = new RhythmTracker(RATE);
    long sample = 100;
    for (int i = 0; i < 500; i++) {
      beats.add(sample / RATE);
      sample += 90 + random.nextInt(600);
    }
    for (int i = 0; i < 499; i++) {
      tracker.beat(Math.round(beats.get(i) * RATE));
      double[] expected = plainly(beats, i);
      double next = tracker.untilNext(Math.round(beats.get(i + 1) * RATE));
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) tracker.value(ABOUT_INTERVALS.get(k), next))
            .as("beat %d, %s", i, ABOUT_INTERVALS.get(k))
            .isCloseTo(Math.max(-5, Math.min(5, expected[k])), within(1e-5));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      tracker.writeTo(new DataOutputStream(bytes));
      tracker =
          RhythmTracker.readFrom(
              RATE, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
  }

  @Test
  void featuresAreFoundByTheirPublishedNames() {
    for (RhythmFeature feature : RhythmFeature.values()) {
      assertThat(RhythmFeature.named(feature.publishedName())).isEqualTo(feature);
    }
    assertThatThrownBy(() -> RhythmFeature.named("rr"))
        .hasMessageStartingWith(
            "rhythm feature 'rr' is unknown; expected one of [rr-previous-ratio,");
  }
}
