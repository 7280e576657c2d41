package io.physiowave.core.rhythm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BeatMedianTest {
  private static final int CAPACITY = 6;
  private static final boolean[] PRESENT = {true};

  /** Few different values, both zeros among them, so that equal ones meet. */
  @Provide
  Arbitrary<List<Float>> values() {
    return Arbitraries.of(-2f, -0.5f, -0f, 0f, 0.25f, 1f, 3f).list().ofMinSize(1).ofMaxSize(40);
  }

  @Property(tries = 300)
  void isTheMedianOfTheLastFewBeats(@ForAll("values") List<Float> values) {
    BeatMedian median = new BeatMedian(1, 2, CAPACITY);
    for (int i = 0; i < values.size(); i++) {
      float value = values.get(i);
      median.add(new float[][] {{value, -value}}, PRESENT);
      List<Float> last = values.subList(Math.max(0, i + 1 - CAPACITY), i + 1);
      assertThat(median.of(0)).containsExactly(medianOf(last, 1), medianOf(last, -1));
    }
  }

  private static float medianOf(List<Float> values, float sign) {
    float[] sorted = new float[values.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = sign * values.get(i);
    }
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
