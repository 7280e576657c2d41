package io.physiowave.benchmarks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private long nanos;
  private long compilationMillis;
  private int runs;

  /** Runs of a second each in which compiling takes the given milliseconds, then none. */
  private int runs(long... compiling) throws InterruptedException {
    new WarmUp(() -> nanos, () -> compilationMillis)
        .repeat(
            30,
            () -> {
              nanos += 1_000_000_000;
              compilationMillis += runs < compiling.length ? compiling[runs] : 0;
              runs++;
            });
    return runs;
  }

  @Test
  void itEndsWithTheFirstRunThatHardlyCompiles() throws InterruptedException {
    assertThat(runs(900, 400, 101, 99, 500)).isEqualTo(4);
  }

  @Test
  void itRunsOnceAtLeast() throws InterruptedException {
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void itEndsAfterThirtyRunsWhateverIsCompiled() throws InterruptedException {
    long[] always = new long[100];
    Arrays.fill(always, 1_000);
    assertThat(runs(always)).isEqualTo(30);
  }
}
