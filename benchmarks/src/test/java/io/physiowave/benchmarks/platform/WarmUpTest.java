package io.physiowave.benchmarks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static double lastOf(double... micros) throws InterruptedException {
    Iterator<Double> costs = DoubleStream.of(micros).iterator();
    double last = WarmUp.of(() -> new Rate(1, costs.next())).processorMicros();
    assertThat(costs).as("runs left").isExhausted();
    return last;
  }

  @Test
  void itEndsWhenARunIsHardlyCheaper() throws InterruptedException {
    assertThat(lastOf(200, 150, 148)).isEqualTo(148);
    assertThat(lastOf(100, 100)).isEqualTo(100);
    assertThat(lastOf(200, 150, 180)).isEqualTo(180);
  }

  @Test
  void itEndsAfterEightRunsAtTheLatest() throws InterruptedException {
    assertThat(lastOf(100, 90, 80, 70, 60, 50, 40, 30)).isEqualTo(30);
  }
}
