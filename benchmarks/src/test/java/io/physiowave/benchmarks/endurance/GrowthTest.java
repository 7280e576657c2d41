package io.physiowave.benchmarks.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static List<MemorySample> heaps(long... bytes) {
    return LongStream.of(bytes).mapToObj(heap -> new MemorySample(heap, 0, 0, 0, 0, 0)).toList();
  }

  @Test
  void a_leak_grows() {
    assertThat(Growth.of(heaps(1, 2, 3, 4, 5, 6, 7, 8), MemorySample::heapBytes)).isEqualTo(4);
  }

  @Test
  void a_warm_up_does_not_count() {
    assertThat(Growth.of(heaps(1, 5, 9, 9, 9, 9, 9, 9), MemorySample::heapBytes)).isZero();
  }

  @Test
  void too_few_samples_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Growth.of(heaps(1, 2, 3), MemorySample::heapBytes))
        .withMessageContaining("3 samples");
  }
}
