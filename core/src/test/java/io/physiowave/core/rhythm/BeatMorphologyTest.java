package io.physiowave.core.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BeatMorphologyTest {
  private static final double RATE = 90;
  private final Random random = new Random(1);

  /** A bell of the given width and height at the beat, delayed by some samples. */
  private float[] beat(BeatMorphology morphology, double height, double width, int delay) {
    float[] samples = new float[morphology.samplesBefore() + morphology.samplesAfter()];
    for (int i = 0; i < samples.length; i++) {
      double x = (i - morphology.samplesBefore() - delay) / width;
      double wave = (i - morphology.samplesBefore() - delay + 15) / 2.0;
      samples[i] =
          (float)
              (height * Math.exp(-x * x / 2)
                  + 0.1 * Math.exp(-wave * wave / 2)
                  + 0.001 * random.nextGaussian());
    }
    return samples;
  }

  private BeatMorphology trained(boolean second) {
    BeatMorphology morphology = new BeatMorphology(RATE, new boolean[] {true, second});
    for (int i = 0; i < 40; i++) {
      morphology.next(new float[][] {beat(morphology, 1, 1.2, 0), beat(morphology, -0.5, 1.2, 0)});
    }
    return morphology;
  }

  @Test
  void theFirstBeatIsItsOwnModel() {
    BeatMorphology morphology = new BeatMorphology(RATE, new boolean[] {true, false});
    morphology.next(new float[][] {beat(morphology, 1, 1.2, 0), null});
    assertThat(morphology.value(RhythmFeature.QRS_CORRELATION_1))
        .isCloseTo(0.07f / 0.15f, within(1e-3f));
    assertThat(morphology.value(RhythmFeature.QRS_DISTANCE_1))
        .isCloseTo(-0.12f / 0.13f, within(1e-3f));
    assertThat(morphology.value(RhythmFeature.QRS_WIDTH_1)).isCloseTo(0, within(0.01f));
    assertThat(morphology.value(RhythmFeature.P_WAVE_CORRELATION_1))
        .isCloseTo(0.3f / 0.35f, within(1e-2f));
  }

  @Test
  void aChannelThatTheStreamLacksIsZero() {
    BeatMorphology morphology = trained(false);
    for (RhythmFeature feature : RhythmFeature.values()) {
      if (feature.isShape() && feature.name().endsWith("2")) {
        assertThat(morphology.value(feature)).isZero();
      }
    }
  }

  @Test
  void theUsualBeatIsRecognisedWhereverItIsWithin44Milliseconds() {
    for (int delay = -4; delay <= 4; delay++) {
      BeatMorphology morphology = trained(false);
      morphology.next(new float[][] {beat(morphology, 1, 1.2, delay), null});
      assertThat(morphology.value(RhythmFeature.QRS_CORRELATION_1)).isGreaterThan(0.4f);
      assertThat(morphology.value(RhythmFeature.QRS_DISTANCE_1)).isLessThan(-0.7f);
    }
  }

  @Test
  void aWideBeatIsWiderAndDifferent() {
    BeatMorphology morphology = trained(true);
    morphology.next(new float[][] {beat(morphology, -1.5, 4, 0), beat(morphology, -0.5, 1.2, 0)});
    assertThat(morphology.value(RhythmFeature.QRS_WIDTH_1)).isGreaterThan(1.5f);
    assertThat(morphology.value(RhythmFeature.QRS_CORRELATION_1)).isEqualTo(-5);
    assertThat(morphology.value(RhythmFeature.QRS_DISTANCE_1)).isGreaterThan(1);
    assertThat(morphology.value(RhythmFeature.QRS_WIDTH_2)).isCloseTo(0, within(0.2f));
  }

  @Test
  void afterManyBeatsOfAnotherKindTheyAreTheUsualOnes() {
    BeatMorphology morphology = trained(false);
    for (int i = 0; i < 20; i++) {
      morphology.next(new float[][] {beat(morphology, -1.5, 4, 0), null});
    }
    assertThat(morphology.value(RhythmFeature.QRS_CORRELATION_1)).isGreaterThan(0.4f);
  }
}
