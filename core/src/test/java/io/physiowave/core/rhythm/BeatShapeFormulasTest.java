package io.physiowave.core.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeatShapeFormulasTest {
  private static final int BEATS = 80;

  private final Random random = new Random(7);

  /** A beat of random shape with a wave before it, a little early or late. */
  private float[] beat(double rate, int before, int after) {
    double height = random.nextInt(8) == 0 ? -1.4 : 1;
    double width = 0.012 + 0.03 * random.nextDouble();
    double delay = 0.05 * (random.nextDouble() - 0.5);
    float[] beat = new float[before + after];
    for (int i = 0; i < beat.length; i++) {
      double seconds = (i - before) / rate - delay;
      double wave = (seconds + 0.16) / 0.03;
      beat[i] =
          (float)
              (height * Math.exp(-seconds * seconds / (2 * width * width))
                  + 0.15 * Math.exp(-wave * wave / 2)
                  + 0.01 * random.nextGaussian());
    }
    return beat;
  }

  @ParameterizedTest
  @CsvSource({"90, true", "90, false", "128, true", "360, true", "360, false"})
  void everyFeatureIsWhatItsFormulaSays(double rate, boolean second) throws IOException {
    boolean[] present = {true, second};
    ShapeFormulas reference = new ShapeFormulas(rate, present);
    BeatMorphology morphology = new BeatMorphology(rate, present);
    assertThat(morphology.samplesBefore()).isEqualTo(reference.samples(22) + reference.samples(4));
    assertThat(morphology.samplesAfter()).isEqualTo(reference.samples(12) + reference.samples(4));
    for (int beat = 0; beat < BEATS; beat++) {
      float[][] around = new float[BeatMorphology.CHANNELS][];
      for (int channel = 0; channel < around.length; channel++) {
        if (present[channel]) {
          around[channel] = beat(rate, morphology.samplesBefore(), morphology.samplesAfter());
        }
      }
      morphology.next(around);
      double[] expected = reference.next(around);
      int at = 0;
      for (RhythmFeature feature : RhythmFeature.values()) {
        if (feature.isShape()) {
          double value = present[feature.channel()] ? expected[at] : 0;
          assertThat((double) morphology.value(feature))
              .as("%s of beat %d", feature, beat)
              .isCloseTo(value, within(1e-3));
          at++;
        }
      }
      assertThat(at).isEqualTo(8);
      morphology = beat % 3 == 0 ? restored(morphology, rate, present) : morphology;
    }
  }

  private static BeatMorphology restored(BeatMorphology saved, double rate, boolean[] present)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    saved.writeTo(new DataOutputStream(bytes));
    BeatMorphology restored = new BeatMorphology(rate, present);
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    BeatMorphology copied = new BeatMorphology(rate, present);
    copied.copyFrom(restored);
    return copied;
  }
}
