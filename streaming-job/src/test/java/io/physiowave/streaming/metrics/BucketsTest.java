package io.physiowave.streaming.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.streaming.testing.RecordedMetrics;
import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void everyBoundCountsTheValuesUpToIt() {
    RecordedMetrics recorded = new RecordedMetrics();
    Buckets buckets = Buckets.register(recorded, "x", 10, 20);
    for (long value : new long[] {-5, 10, 11, 20, 21, Long.MAX_VALUE}) {
      buckets.update(value);
    }

    assertThat(recorded.gauge("le.10.x")).isEqualTo(2);
    assertThat(recorded.gauge("le.20.x")).isEqualTo(4);
    assertThat(recorded.gauge("le.+Inf.x")).isEqualTo(6);
  }
}
